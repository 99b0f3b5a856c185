#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Mininet: `mn --topo NAME,flag=False` hands the topology the text "False", which is true.
#
#   findings/mininet-topo-false-is-true.sh
#
# Version:   Mininet 2.3.0 (Debian 12: mininet 2.3.0-1)
# Input:     a topology whose build() takes `flag`, by default True; --topo office,flag=False
# Behaviour: mn builds its topology with mininet.util.buildTopo(), which takes arguments apart with splitArgs() and makes
#            numbers of them where it can (makeNumeric()). What is no number stays a text, so `if flag:` goes the way of True.
#            flag=0 is the number 0, which is false. The same of None and True, of which only True means what it says.
# Output:    flag=False: 'False' (str), taken for True
#            flag=0: 0 (int), taken for False
#            flag=None: 'None' (str), taken for True
#
# Needs neither root nor wandrill. Unpacks Debian's package in a temporary folder; exit code 1 when the behaviour is another one.
set -eu
version=2.3.0-1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# As an ordinary user apt's own _apt may not write here, which it only says.
apt-get download -q "mininet=$version" >/dev/null 2>&1 || { echo "there is no mininet=$version to download: apt-cache policy mininet"; exit 1; }
dpkg -x mininet_*.deb unpacked
cat >office.py <<'PYTHON'
import sys

import mininet
from mininet.net import VERSION
from mininet.topo import Topo
from mininet.util import buildTopo

assert mininet.__file__.startswith(sys.argv[1]), mininet.__file__


class Office(Topo):
    def build(self, flag=True):
        self.flag = flag


print(f"Mininet {VERSION}")
for argument in ("flag=False", "flag=0", "flag=None"):
    # As /usr/bin/mn has it: topo = buildTopo( TOPOS, opts.topo )
    flag = buildTopo({"office": Office}, "office," + argument).flag
    print(f"{argument}: {flag!r} ({type(flag).__name__}), taken for {bool(flag)}")
PYTHON
grep -q 'topo = buildTopo( TOPOS, opts.topo )' unpacked/usr/bin/mn
PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$folder/unpacked/usr/lib/python3/dist-packages" /usr/bin/python3 office.py "$folder" | tee said
cat >expected <<'TEXT'
Mininet 2.3.0
flag=False: 'False' (str), taken for True
flag=0: 0 (int), taken for False
flag=None: 'None' (str), taken for True
TEXT
diff expected said || { echo "this is not what was found before"; exit 1; }
