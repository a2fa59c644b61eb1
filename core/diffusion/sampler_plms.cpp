#include <algorithm>
#include <cmath>
#include <deque>

#include "core/diffusion/alpha_steps.h"
#include "core/diffusion/plms_plan.h"
#include "core/diffusion/sampler_run.h"
#include "core/diffusion/samplers.h"

namespace likeness {
namespace {

// The transfer of Liu et al., eq. 9, between any two timesteps.
class Transfer {
 public:
  explicit Transfer(const NoiseSchedule& schedule)
      : m_table(schedule.unscaledAlphasCumprodTable()),
        m_last(schedule.config().setAlphaToOne.value_or(false) ? 1.0F : m_table[0]),
        m_type(schedule.predictionType()) {}

  [[nodiscard]] torch::Tensor operator()(const torch::Tensor& x, std::int64_t t, std::int64_t previous,
                                         const torch::Tensor& output) const {
    const float a = alpha(t), p = alpha(previous);
    const auto noise =
        m_type == PredictionType::VPrediction ? output * std::sqrt(a) + x * std::sqrt(1 - a) : output;
    const float denominator = a * std::sqrt(1 - p) + std::sqrt(a * (1 - a) * p);
    return x * std::sqrt(p / a) - noise * (p - a) / denominator;
  }
  [[nodiscard]] torch::Tensor original(const torch::Tensor& x, std::int64_t t, const torch::Tensor& output) const {
    return originalAt(alpha(t), x, output, m_type);
  }
  // The answer that would have implied this x_0.
  [[nodiscard]] torch::Tensor answer(const torch::Tensor& x, std::int64_t t, const torch::Tensor& x0) const {
    const float signal = std::sqrt(alpha(t)), deviation = std::sqrt(1 - alpha(t));
    const auto noise = (x - x0 * signal) / deviation;
    return m_type == PredictionType::Epsilon ? noise : noise * signal - x0 * deviation;
  }
  [[nodiscard]] NoiseLevel level(std::int64_t t) const {
    return AlphaStep{static_cast<double>(t), alpha(t), alpha(t)}.level();
  }

 private:
  [[nodiscard]] float alpha(std::int64_t t) const {
    if (t < 0) return m_last;
    return m_table[static_cast<std::size_t>(std::min<std::int64_t>(t, std::ssize(m_table) - 1))];
  }
  const std::vector<float>& m_table;
  float m_last;
  PredictionType m_type;
};

// These sums amplify rounding errors several times a step, so their operations are those of PNDMScheduler to the last
// bit: products with 1/24, not quotients by 24.
// Adams-Bashforth over the last answers, the newest at the back (Liu et al., eq. 12).
torch::Tensor multistep(const std::deque<torch::Tensor>& e) {
  const auto back = [&](std::size_t k) { return e[e.size() - k]; };
  switch (e.size()) {
    case 1:
      return back(1);
    case 2:
      return (back(1) * 3 - back(2)) / 2;
    case 3:
      return (back(1) * 23 - back(2) * 16 + back(3) * 5) / 12;
    default:
      return (back(1) * 55 - back(2) * 59 + back(3) * 37 - back(4) * 9) * (1.0 / 24);
  }
}

// The state between evaluations.
class Plms {
 public:
  Plms(const Transfer& transfer, const PlmsPlan& plan) : m_transfer(transfer), m_plan(plan) {}

  [[nodiscard]] torch::Tensor step(std::int64_t i, const torch::Tensor& x, const torch::Tensor& output) {
    return i < m_plan.rungeKutta ? rungeKutta(i, x, output) : linear(i, x, output);
  }
 private:
  [[nodiscard]] std::int64_t timestep(std::int64_t i) const { return m_plan.timesteps[static_cast<std::size_t>(i)]; }

  // Liu et al., eq. 13: four evaluations, each continued from the step's start.
  torch::Tensor rungeKutta(std::int64_t i, const torch::Tensor& x, const torch::Tensor& output) {
    const std::int64_t to = timestep(i) - (i % 2 == 1 ? 0 : m_plan.stride / 2);
    const std::int64_t from = timestep(i / 4 * 4);
    auto direction = output;
    if (i % 4 == 0) {
      m_sum = output * (1.0 / 6);
      m_start = x;
      m_answers.push_back(output);
    } else if (i % 4 < 3) {
      m_sum = m_sum + output * (1.0 / 3);
    } else {
      direction = m_sum + output * (1.0 / 6);
    }
    return m_transfer(m_start, from, to, direction);
  }

  torch::Tensor linear(std::int64_t i, const torch::Tensor& x, const torch::Tensor& output) {
    const std::int64_t t = timestep(i);
    if (i == 1 && m_plan.rungeKutta == 0) {
      return m_transfer(m_start, t + m_plan.stride, t, (output + m_answers.back()) / 2);
    }
    if (i == 0) m_start = x;
    m_answers.push_back(output);
    if (m_answers.size() > PlmsPlan::kOrder) m_answers.pop_front();
    return m_transfer(x, t, t - m_plan.stride, multistep(m_answers));
  }

  const Transfer& m_transfer;
  const PlmsPlan& m_plan;
  std::deque<torch::Tensor> m_answers;
  torch::Tensor m_start, m_sum;
};

}  // namespace

torch::Tensor samplePlms(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                         const SamplerOptions& options) {
  const PlmsPlan plan = makePlmsPlan(schedule.config(), options);
  const Transfer transfer(schedule);
  Plms plms(transfer, plan);
  const std::int64_t total = std::ssize(plan.timesteps);
  SamplerRun run(options, total);
  for (std::int64_t i = 0; i < total; ++i) {
    const std::int64_t t = plan.timesteps[static_cast<std::size_t>(i)];
    auto output = model(x, static_cast<double>(t));
    const auto x0 = run.original(transfer.original(x, t, output), transfer.level(t));
    if (run.editsOriginal()) output = transfer.answer(x, t, x0);
    const bool last = i + 1 == total;
    const auto after = last ? NoiseLevel{} : transfer.level(plan.timesteps[static_cast<std::size_t>(i + 1)]);
    x = run.arrive(plms.step(i, x, output), x0, after);
  }
  return x;
}

}  // namespace likeness
