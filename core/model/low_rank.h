#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/tensor/torch.h"

namespace likeness {

/// What a DoRA keeps a magnitude for: every output of the weight, or every input.
enum class MagnitudeAxis { Outputs, Inputs };

/// What of their input changes that are being trained don't see in the pass at hand: each number is left out with
/// probability `rate` and the others divided by 1 − rate. The trainer sets it before a pass and clears it afterwards, so
/// nothing is dropped when a picture is made or a loss is measured.
/// Randomness: a function of seed, step, the row's lane and the change's number alone, so a pass that is computed again,
/// or cut into others, drops the same. Source: Srivastava et al. 2014 (JMLR 15), placed as in PEFT.
struct LowRankDropout {
  double rate = 0;
  std::uint64_t seed = 0, step = 0;
  std::vector<std::uint32_t> lanes;  ///< one for each row of the batch, below 2²⁰; empty: nothing is dropped
};

/// A change of one weight through a narrow middle: W + scale · up·down, or scale · up·mid·down (LoRA). With `magnitude`
/// the sum V is then scaled to magnitude · V/‖V‖, the norm of each output (or input) taken over all else (DoRA).
/// Shapes: of a linear weight [out, in]: down [r, in], up [out, r]. Of a convolution [out, in, k, k]: down [r, in, k, k],
/// up [out, r, 1, 1]; with mid [s, r, k, k]: down [r, in, 1, 1], up [out, s, 1, 1]. magnitude [out] or [in].
/// Range: scale is weight · α/r, or weight · α/√r if rank-stabilised. Dtype: any floating point; computed in fp32.
/// Gradients: reach every tensor that asks for them, so a trainer makes down, up and magnitude its parameters; the norm
/// counts as a constant (DoRA, section 4.3).
/// Sources: Hu et al. 2021 (arXiv:2106.09685), eq. 3; Kalajdzievski 2023 (arXiv:2312.03732) for α/√r; Liu et al. 2024
/// (arXiv:2402.09353), eq. 5; Yeh et al. 2023 (arXiv:2309.14859), section 3.2, for `mid`.
struct LowRankChange {
  torch::Tensor down, up, mid, magnitude;
  MagnitudeAxis axis = MagnitudeAxis::Outputs;
  double scale = 1;
  std::shared_ptr<const LowRankDropout> dropout = {};  ///< while it is trained; may be null
  std::uint32_t number = 0;                            ///< its own among those of a model, below 4096, for dropout

  [[nodiscard]] bool dropsInput() const { return dropout && dropout->rate > 0 && !dropout->lanes.empty(); }

  [[nodiscard]] std::int64_t rank() const { return down.size(0); }

  /// True if a tensor of it requires gradients.
  [[nodiscard]] bool trains() const;

  /// A copy whose tensors lie on `device`, with down, up and mid in `dtype` if given; what fits already is shared.
  [[nodiscard]] LowRankChange to(torch::Device device, std::optional<torch::ScalarType> dtype = std::nullopt) const;

  /// Empty if it fits a weight of this shape; else what does not, as in "its up is [8, 5], the weight is [16, 12]".
  [[nodiscard]] std::string misfit(at::IntArrayRef weightShape) const;
};

using LowRankChanges = std::vector<std::shared_ptr<const LowRankChange>>;

/// x as the change sees it: see LowRankDropout. Shapes: [B, …], B the number of lanes. Dtype: that of x.
[[nodiscard]] torch::Tensor seenInput(const LowRankChange& change, const torch::Tensor& x);

/// scale · up·(mid·)down in a weight's shape, fp32.
[[nodiscard]] torch::Tensor lowRankDelta(const LowRankChange& change, at::IntArrayRef weightShape);

/// What a DoRA multiplies each output (or input) of W + ΔW by: magnitude/‖W + ΔW‖. Shapes: [out] or [in]; fp32.
[[nodiscard]] torch::Tensor magnitudeFactor(const LowRankChange& change, const torch::Tensor& weight);

/// W + Σᵢ(Wᵢ − W), where change i alone would make Wᵢ of W; so their order does not matter. Computed in fp32, the result
/// in new memory and in the weight's dtype.
/// Differs from PEFT: there a DoRA also rescales what the adapters before it added. Alone, or first, it is the same.
[[nodiscard]] torch::Tensor changedWeight(const torch::Tensor& weight, const LowRankChanges& changes);

}  // namespace likeness
