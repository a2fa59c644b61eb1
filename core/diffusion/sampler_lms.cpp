#include <algorithm>
#include <cmath>
#include <deque>

#include "core/diffusion/sampler_run.h"
#include "core/diffusion/samplers.h"

namespace likeness {
namespace {

constexpr std::int64_t kOrder = 4;

// The integral, from σ_i to σ_{i+1}, of the Lagrange polynomial that is 1 at σ_{i−j} and 0 at the other `order` − 1
// levels before σ_{i+1}. Its degree is at most 3, so two-point Gauss-Legendre quadrature is exact.
double coefficient(const SigmaRun& run, std::int64_t order, std::int64_t i, std::int64_t j) {
  const auto level = [&](std::int64_t k) { return static_cast<double>(run.sigma(i - k)); };
  const auto lagrange = [&](double sigma) {
    double product = 1;
    for (std::int64_t k = 0; k < order; ++k) {
      if (k != j) product *= (sigma - level(k)) / (level(j) - level(k));
    }
    return product;
  };
  const double from = run.sigma(i), to = run.sigma(i + 1);
  const double middle = (from + to) / 2, reach = (to - from) / 2;
  return reach * (lagrange(middle - reach / std::sqrt(3.0)) + lagrange(middle + reach / std::sqrt(3.0)));
}

}  // namespace

torch::Tensor sampleLms(const Denoiser& model, torch::Tensor x, const NoiseSchedule& schedule,
                        const SamplerOptions& options) {
  SigmaRun run(Sampler::Lms, model, schedule, options);
  std::deque<torch::Tensor> slopes;  // the newest first
  for (std::int64_t i = run.first(); i < run.steps(); ++i) {
    const auto x0 = run.original(x, i);
    slopes.push_front((x - x0) / run.sigma(i));
    if (std::ssize(slopes) > kOrder) slopes.pop_back();
    const std::int64_t order = std::ssize(slopes);
    // The coefficients add up to the step, so the newest slope alone makes Euler's.
    x = eulerStep(x, x0, run.sigma(i), run.sigma(i + 1));
    for (std::int64_t j = 1; j < order; ++j) {
      x = x + (slopes[static_cast<std::size_t>(j)] - slopes[0]) * coefficient(run, order, i, j);
    }
    x = run.arrive(x, x0, i + 1);
  }
  return x;
}

}  // namespace likeness
