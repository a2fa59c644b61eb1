#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <vector>

#include "core/diffusion/log_snr_level.h"
#include "core/diffusion/sampler_run.h"
#include "core/diffusion/samplers.h"

namespace likeness {
namespace {

constexpr std::size_t kHighestOrder = 3;

// What a step from one level to another multiplies: x, the newest x_0 and, at the order p, the differences of x_0.
struct UniPcStep {
  double ofX, ofOriginal, ofDifferences;
  std::vector<double> distances;  // r_k of the earlier levels, in units of the step in λ; then 1
  std::vector<double> right;      // b of R(r) a = b
};

// R a = b for a Vandermonde matrix R (row k: r^k), by elimination; order at most kHighestOrder.
std::vector<double> solveVandermonde(const std::vector<double>& r, const std::vector<double>& b, std::size_t order) {
  std::array<std::array<double, kHighestOrder + 1>, kHighestOrder> rows{};
  for (std::size_t k = 0; k < order; ++k) {
    for (std::size_t j = 0; j < order; ++j) rows[k][j] = std::pow(r[j], static_cast<double>(k));
    rows[k][order] = b[k];
  }
  for (std::size_t pivot = 0; pivot < order; ++pivot) {
    for (std::size_t k = 0; k < order; ++k) {
      if (k == pivot) continue;
      const double factor = rows[k][pivot] / rows[pivot][pivot];
      for (std::size_t j = pivot; j <= order; ++j) rows[k][j] -= factor * rows[pivot][j];
    }
  }
  std::vector<double> solution;
  for (std::size_t k = 0; k < order; ++k) solution.push_back(rows[k][order] / rows[k][k]);
  return solution;
}

// One run: the x_0 of the last levels, the newest first, and where they lie.
class UniPc {
 public:
  UniPc(const NoiseSchedule& schedule, const SigmaRun& run)
      : m_run(run),
        m_highest(static_cast<std::size_t>(std::clamp<std::int64_t>(schedule.config().solverOrder.value_or(2), 1,
                                                                    static_cast<std::int64_t>(kHighestOrder)))),
        m_lowerFinal(schedule.config().lowerOrderFinal),
        m_bh1(schedule.config().bh1Solver) {}

  // x at step i once the model has been asked there: the corrector of the step that led to it.
  torch::Tensor correct(std::int64_t i, const torch::Tensor& x, const torch::Tensor& x0) const {
    if (m_known.empty()) return x;
    const UniPcStep step = stepTo(i, m_order);
    const auto weights =
        m_order == 1 ? std::vector{0.5} : solveVandermonde(step.distances, step.right, m_order);
    auto sum = (x0 - m_known[0]) * weights.back();
    for (std::size_t k = 1; k < m_order; ++k) sum = sum + difference(step, k) * weights[k - 1];
    return m_x * step.ofX + m_known[0] * step.ofOriginal + sum * step.ofDifferences;
  }

  // x at step i + 1; x and x0 are those of step i.
  torch::Tensor predict(std::int64_t i, const torch::Tensor& x, const torch::Tensor& x0) {
    m_known.push_front(x0);
    if (m_known.size() > m_highest) m_known.pop_back();
    m_order = m_known.size();
    if (m_lowerFinal) m_order = std::min(m_order, static_cast<std::size_t>(m_run.steps() - i));
    // No higher one reaches it. Differs from UniPCMultistepScheduler: because B₁, which is infinite there, times no
    // difference at all is NaN.
    if (m_run.sigma(i + 1) == 0) m_order = 1;
    m_x = x;
    const UniPcStep step = stepTo(i + 1, m_order);
    auto next = x * step.ofX + x0 * step.ofOriginal;
    if (m_order == 1) return next;
    const auto weights =
        m_order == 2 ? std::vector{0.5} : solveVandermonde(step.distances, step.right, m_order - 1);
    for (std::size_t k = 1; k < m_order; ++k) {
      next = next + difference(step, k) * (weights[k - 1] * step.ofDifferences);
    }
    return next;
  }

 private:
  [[nodiscard]] torch::Tensor difference(const UniPcStep& step, std::size_t k) const {
    return (m_known[k] - m_known[0]) / step.distances[k - 1];
  }

  // Zhao et al. for data prediction, where h counts negative, with B₂(h) = e^h − 1, or B₁(h) = h.
  [[nodiscard]] UniPcStep stepTo(std::int64_t i, std::size_t order) const {
    const LogSnrLevel to(m_run.sigma(i)), from(m_run.sigma(i - 1));
    const double h = static_cast<double>(to.lambda) - static_cast<double>(from.lambda);
    const double phi1 = std::expm1(-h);
    const double b = m_bh1 ? -h : phi1;
    UniPcStep step{to.sigma / from.sigma, -to.alpha * phi1, -to.alpha * b, {}, {}};
    for (std::size_t k = 1; k < order; ++k) {
      const LogSnrLevel earlier(m_run.sigma(i - 1 - static_cast<std::int64_t>(k)));
      step.distances.push_back((static_cast<double>(earlier.lambda) - static_cast<double>(from.lambda)) / h);
    }
    step.distances.push_back(1);
    double phi = phi1 / -h - 1, factorial = 1;
    for (std::size_t k = 1; k <= order; ++k) {
      step.right.push_back(phi * factorial / b);
      factorial *= static_cast<double>(k + 1);
      phi = phi / -h - 1 / factorial;
    }
    return step;
  }

  const SigmaRun& m_run;
  std::size_t m_highest, m_order = 1;
  bool m_lowerFinal, m_bh1;
  std::deque<torch::Tensor> m_known;
  torch::Tensor m_x;  // before the last predictor
};

}  // namespace

torch::Tensor sampleUniPc(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                          const SamplerOptions& options) {
  SigmaRun run(Sampler::UniPc, model, schedule, options);
  UniPc solver(schedule, run);
  for (std::int64_t i = run.first(); i < run.steps(); ++i) {
    const auto x0 = run.original(x, i);
    x = solver.correct(i, x, x0);
    x = run.arrive(solver.predict(i, x, x0), x0, i + 1);
  }
  return x;
}

}  // namespace likeness
