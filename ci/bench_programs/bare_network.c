// SPDX-License-Identifier: Apache-2.0
// The least that a network like topologies/home_office.yaml costs: ten network namespaces and ten
// veth pairs, made and removed with plain system calls and one rtnetlink message a pair. The
// yardstick for wandrill's own bring-up and tear-down. Usage: bare_network ROUNDS; prints
// milliseconds a round.
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { NODES = 10, CABLES = 10, MESSAGE = 1024 };

// laptop 0, desk_phone 1, camera 2, lan 3, router 4, slot_a 5, isp_a 6, slot_b 7, isp_b 8, internet
// 9
static const int kCables[CABLES][2] = {{0, 3}, {1, 3}, {2, 3}, {4, 3}, {4, 5},
                                       {5, 6}, {4, 7}, {7, 8}, {6, 9}, {8, 9}};

static void require(int ok, const char* what) {
  if (ok) return;
  perror(what);
  exit(3);
}

static struct rtattr* add(struct nlmsghdr* message, unsigned short type, const void* data,
                          size_t size) {
  struct rtattr* attribute = (struct rtattr*)((char*)message + NLMSG_ALIGN(message->nlmsg_len));
  attribute->rta_type = type;
  attribute->rta_len = (unsigned short)RTA_LENGTH(size);
  if (size > 0) memcpy(RTA_DATA(attribute), data, size);
  message->nlmsg_len = NLMSG_ALIGN(message->nlmsg_len) + RTA_ALIGN(attribute->rta_len);
  return attribute;
}

static void close_nest(struct nlmsghdr* message, struct rtattr* nest) {
  nest->rta_len = (unsigned short)((char*)message + message->nlmsg_len - (char*)nest);
}

static void make_veth(int rtnetlink, int number, int here, int there) {
  char buffer[MESSAGE] = {0};
  struct nlmsghdr* message = (struct nlmsghdr*)buffer;
  char name[16];
  message->nlmsg_len = NLMSG_LENGTH(sizeof(struct ifinfomsg));
  message->nlmsg_type = RTM_NEWLINK;
  message->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL;
  snprintf(name, sizeof name, "a%d", number);
  add(message, IFLA_IFNAME, name, strlen(name) + 1);
  add(message, IFLA_NET_NS_FD, &here, sizeof here);
  struct rtattr* info = add(message, IFLA_LINKINFO, NULL, 0);
  add(message, IFLA_INFO_KIND, "veth", 5);
  struct rtattr* data = add(message, IFLA_INFO_DATA, NULL, 0);
  struct rtattr* peer = add(message, VETH_INFO_PEER, NULL, 0);
  message->nlmsg_len += sizeof(struct ifinfomsg);
  snprintf(name, sizeof name, "b%d", number);
  add(message, IFLA_IFNAME, name, strlen(name) + 1);
  add(message, IFLA_NET_NS_FD, &there, sizeof there);
  close_nest(message, peer);
  close_nest(message, data);
  close_nest(message, info);
  require(send(rtnetlink, message, message->nlmsg_len, 0) > 0, "send");
  char answer[MESSAGE];
  require(recv(rtnetlink, answer, sizeof answer, 0) > 0, "recv");
  const struct nlmsgerr* error = NLMSG_DATA((struct nlmsghdr*)answer);
  if (error->error != 0) {
    fprintf(stderr, "create veth %d: %s\n", number, strerror(-error->error));
    exit(3);
  }
}

static double now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void round_trip(int home, int rtnetlink) {
  int nodes[NODES];
  for (int i = 0; i < NODES; ++i) {
    require(unshare(CLONE_NEWNET) == 0, "unshare");
    nodes[i] = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
    require(nodes[i] >= 0, "open");
  }
  require(setns(home, CLONE_NEWNET) == 0, "setns");
  for (int i = 0; i < CABLES; ++i)
    make_veth(rtnetlink, i, nodes[kCables[i][0]], nodes[kCables[i][1]]);
  for (int i = 0; i < NODES; ++i)
    close(nodes[i]);
}

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? atoi(argv[1]) : 20;
  if (geteuid() != 0) require(unshare(CLONE_NEWUSER) == 0, "unshare a user namespace");
  require(unshare(CLONE_NEWNET) == 0, "unshare");
  const int home = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
  const int rtnetlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  require(home >= 0 && rtnetlink >= 0, "socket");
  for (int i = 0; i < rounds; ++i) {
    const double start = now_ms();
    round_trip(home, rtnetlink);
    printf("%.3f\n", now_ms() - start);
  }
  return 0;
}
