#pragma once
#include <cmath>

namespace likeness {

/// √ᾱ, √(1 − ᾱ) and half the log-SNR at σ/√ᾱ, in fp32 as diffusers' multistep solvers compute them.
struct LogSnrLevel {
  explicit LogSnrLevel(float sigma)
      : alpha(1 / std::sqrt(sigma * sigma + 1)),
        sigma(sigma * alpha),
        lambda(std::log(alpha) - std::log(this->sigma)) {}
  float alpha, sigma, lambda;
};

}  // namespace likeness
