#pragma once
#include <cstdint>
#include <vector>

#include "core/tensor/torch.h"

namespace likeness {

/// What a draw is for; two streams with the same seed, step and item are independent.
enum class RandomStream : std::uint32_t {
  SampleNoise = 1,
  PosteriorSample = 2,
  TrainNoise = 3,
  Timestep = 4,
  Flip = 5,
  Order = 6,
  Dropout = 7,
  Validation = 8,
  SamplerNoise = 9,
  MaskShape = 10,
  MaskPlace = 11,
  MaskedPosterior = 12,
  AdapterStart = 13,
  TimestepStratum = 20,
  NoiseOffset = 21,
  PyramidNoise = 22,
  PyramidSize = 23,
  InputPerturbation = 24,
  CaptionDropout = 25,
  SubjectOrder = 30,
  CaptionShuffle = 31,
  StochasticRounding = 32,
  Look = 33,
  LookShape = 34,
  InitialWeights = 40,
  PretrainPicture = 41,
  PretrainPosterior = 42,
};

/// Names one draw: everything random in the program is a function of such a key, so a run can be resumed anywhere.
struct RandomKey {
  std::uint64_t seed = 0;
  std::uint64_t step = 0;
  std::uint32_t item = 0;
  RandomStream stream = RandomStream::SampleNoise;
};

/// The same seed, step and item in another stream.
[[nodiscard]] inline RandomKey inStream(RandomKey key, RandomStream stream) {
  key.stream = stream;
  return key;
}

/// Standard normal numbers for `key`.
/// Shapes: as asked. Dtype and device: fp32 on the CPU. Randomness: Philox4x32-10 and Box-Muller, a function of the
/// key alone, the same for any thread count. Threads: any.
/// Source: Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3".
[[nodiscard]] torch::Tensor normal(at::IntArrayRef sizes, const RandomKey& key);

/// Numbers in [0, 1), multiples of 2⁻²⁴, for `key`; else as normal().
[[nodiscard]] torch::Tensor uniformTensor(at::IntArrayRef sizes, const RandomKey& key);
/// `count` numbers in (0, 1) for `key`, with 32 random bits each.
[[nodiscard]] std::vector<double> uniform(std::int64_t count, const RandomKey& key);

/// Writes numbers of `exact` into `rounded`, each to one of the two bf16 numbers beside it, the nearer one the more
/// often: the one away from 0 with probability (distance from the other)/(their distance), so that the mean is the
/// number. What bf16 holds already, and what is not finite, stays what it is.
/// Shapes and strides: those of both alike, without gaps. Dtype and device: fp32 and bf16 on the CPU. Randomness: 16
/// bits each, a function of the key and the place in memory, the same for any thread count.
/// Source: Gupta et al. 2015 (arXiv:1502.02551); for bf16 weights Zamirai et al. 2020 (arXiv:2010.06192).
void roundStochastically(const torch::Tensor& exact, torch::Tensor rounded, const RandomKey& key);

/// A whole number in [0, bound) for `key`; bound ≥ 1.
[[nodiscard]] std::uint64_t randomBelow(std::uint64_t bound, const RandomKey& key);

/// A permutation of 0 … count−1 for `key` (Fisher-Yates).
[[nodiscard]] std::vector<std::int64_t> permutation(std::int64_t count, const RandomKey& key);

}  // namespace likeness
