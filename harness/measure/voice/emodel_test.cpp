// SPDX-License-Identifier: Apache-2.0
#include "measure/voice/emodel.hpp"

#include "base/testing/catch.hpp"

using namespace wandrill;
using namespace std::chrono_literals;

namespace {

/// G.107 prints the R of all defaults as 93.2; examples in the field start from that.
constexpr double kPublishedBestR = 93.2;
constexpr Voice kG711{.equipment_impairment = 0, .loss_robustness = 25.1};
constexpr Voice kG711WithoutPlc{.equipment_impairment = 0, .loss_robustness = 4.3};
constexpr Voice kG729a{.equipment_impairment = 11, .loss_robustness = 19.0};

double r_at_loss(const Voice& voice, double percent) {
  return r_factor(voice, {.loss_percent = percent});
}

Approx within(double value, double margin) {
  return Approx(value).epsilon(0).margin(margin);
}

}  // namespace

TEST_CASE("A perfect path has the R and the MOS of all defaults") {
  CHECK(r_factor(kG711, {}) == within(93.2062, 5e-5));
  CHECK(mean_opinion_score(r_factor(kG711, {})) == within(4.409, 5e-4));
}

TEST_CASE("R becomes MOS as in G.107 Annex B") {
  for (const auto& [r, mos] : {std::pair{90.0, 4.34},
                               {70.0, 3.60},
                               {69.0, 3.55},
                               {60.0, 3.10},
                               {89.0, 4.31},
                               {59.0, 3.05},
                               {100.0, 4.5}})
    CHECK(mean_opinion_score(r) == within(mos, 0.01));
  CHECK(mean_opinion_score(0) == 1.0);
  CHECK(mean_opinion_score(-3) == 1.0);
  CHECK(mean_opinion_score(3) == 1.0);  // the cubic would give 0.99
  CHECK(mean_opinion_score(120) == 4.5);
}

TEST_CASE("Loss impairs by the codec's robustness") {
  struct Vector {
    const Voice& voice;
    double percent, impairment, precision;
  };
  for (const auto& [voice, percent, impairment, precision] :
       {Vector{kG711, 1, 3.6398, 5e-5}, Vector{kG711, 5, 15.7807, 5e-5},
        Vector{kG711WithoutPlc, 1, 17.9245, 5e-5}, Vector{kG729a, 2, 19.0, 5e-5},
        Vector{kG729a, 5, 28.5, 5e-2}})
    CHECK(effective_equipment_impairment(voice, percent, 1) == within(impairment, precision));
}

TEST_CASE("Published combinations of loss and delay start from the rounded R of 93.2") {
  const auto published = [](const Voice& voice, Nanos delay, double percent) {
    return kPublishedBestR - kBestR + r_factor(voice, {delay, percent});
  };
  CHECK(published(kG711, 0ms, 1) == within(89.560, 5e-4));
  CHECK(published(kG711, 0ms, 5) == within(77.419, 5e-4));
  CHECK(published(kG711WithoutPlc, 0ms, 1) == within(75.276, 6e-4));  // printed from 17.9245
  CHECK(published(kG729a, 0ms, 2) == within(74.2, 5e-2));
  CHECK(published(kG711, 200ms, 2) == within(83.1445, 5e-5));
  CHECK(published(kG711, 300ms, 0) == within(78.439, 5e-4));
  CHECK(mean_opinion_score(published(kG711, 0ms, 1)) == within(4.328, 5e-4));
  CHECK(mean_opinion_score(published(kG711, 0ms, 5)) == within(3.923, 5e-4));
  CHECK(mean_opinion_score(published(kG711WithoutPlc, 0ms, 1)) == within(3.834, 5e-4));
  CHECK(mean_opinion_score(published(kG729a, 0ms, 2)) == within(3.787, 5e-4));
  CHECK(mean_opinion_score(published(kG711, 200ms, 2)) == within(4.137, 5e-4));
  CHECK(mean_opinion_score(published(kG711, 300ms, 0)) == within(3.964, 5e-4));
}

TEST_CASE("Delay impairs beyond 100 ms") {
  const std::pair<double, double> vectors[] = {{100, 0},         {120, 0.00137},  {150, 0.16353},
                                               {177.3, 1.17206}, {200, 3.04441},  {250, 8.91671},
                                               {300, 14.76069},  {400, 24.07009}, {500, 30.63592}};
  for (const auto& [milliseconds, idd] : vectors) {
    INFO(milliseconds);
    const Nanos delay{static_cast<Nanos::rep>(milliseconds * 1e6)};
    CHECK(delay_impairment(delay) == within(idd, 5e-6));
  }
}

TEST_CASE("A burst ratio counts from 1 to 2, and nothing is heard when all is lost") {
  CHECK(effective_equipment_impairment(kG711, 5, 0.5) ==
        effective_equipment_impairment(kG711, 5, 1));
  CHECK(effective_equipment_impairment(kG711, 5, 9) == effective_equipment_impairment(kG711, 5, 2));
  CHECK(effective_equipment_impairment(kG711, 5, 2) > effective_equipment_impairment(kG711, 5, 1));
  CHECK(r_at_loss(kG711, 100) == 0.0);
  CHECK(mean_opinion_score(r_at_loss(kG711, 100)) == 1.0);
}
