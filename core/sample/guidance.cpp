#include "core/sample/guidance.h"

#include "core/sample/autocast.h"

namespace likeness {
namespace {

torch::Tensor rowsOf(const torch::Tensor& all, std::int64_t first, std::int64_t count) {
  if (all.size(0) != 1) return all.slice(0, first, first + count);
  std::vector<std::int64_t> sizes(static_cast<std::size_t>(all.dim()), -1);
  sizes[0] = count;
  return all.expand(sizes);
}

UNetConditions joined(const UNetConditions& a, const UNetConditions& b) {
  UNetConditions both{torch::cat({a.text, b.text})};
  if (a.added) {
    both.added = AddedConditions{torch::cat({a.added->textEmbeds, b.added->textEmbeds}),
                                 torch::cat({a.added->timeIds, b.added->timeIds})};
  }
  return both;
}

// The UNet with everything that stays the same between steps.
class Predictor {
 public:
  Predictor(UNet2DConditionModel unet, const UNetConditions& conditions, torch::Tensor extra,
            torch::ScalarType computeIn)
      : m_unet(std::move(unet)), m_extra(std::move(extra)), m_computeIn(computeIn) {
    const auto dtype = m_unet->parameters().front().scalar_type();
    m_text = conditions.text.to(dtype);
    if (conditions.added) m_added = AddedConditions{conditions.added->textEmbeds.to(dtype), conditions.added->timeIds};
    if (m_extra.defined()) m_extra = m_extra.to(dtype);
  }

  // x is taken `times` times, one after the other.
  torch::Tensor operator()(const torch::Tensor& x, double timestep, std::int64_t times) {
    const AutocastScope autocast(x.device().type(), m_computeIn != m_text.scalar_type(), m_computeIn);
    auto input = x.to(m_text.scalar_type());
    if (m_extra.defined()) input = torch::cat({input, m_extra}, 1);
    if (times > 1) input = input.repeat({times, 1, 1, 1});
    const auto t = torch::full({input.size(0)}, timestep, torch::TensorOptions(torch::kFloat32).device(x.device()));
    return m_unet->forward(input, t, m_text, m_added ? &*m_added : nullptr).to(x.scalar_type());
  }

 private:
  UNet2DConditionModel m_unet;
  torch::Tensor m_text, m_extra;
  std::optional<AddedConditions> m_added;
  torch::ScalarType m_computeIn;
};

}  // namespace

UNetConditions UNetConditions::rows(std::int64_t first, std::int64_t count) const {
  UNetConditions some{rowsOf(text, first, count)};
  if (added) {
    some.added = AddedConditions{rowsOf(added->textEmbeds, first, count), rowsOf(added->timeIds, first, count)};
  }
  return some;
}

Denoiser guidedDenoiser(UNet2DConditionModel unet, const UNetConditions& conditional,
                        const UNetConditions& unconditional, const GuidanceOptions& options) {
  const auto& extra = options.extraChannels;
  if (options.scale == 1.0) {
    Predictor predict(std::move(unet), conditional, extra, options.computeIn);
    return [predict](const torch::Tensor& x, double timestep) mutable { return predict(x, timestep, 1); };
  }
  Predictor predict(std::move(unet), joined(unconditional, conditional), extra, options.computeIn);
  return [predict, options](const torch::Tensor& x, double timestep) mutable {
    const auto both = predict(x, timestep, 2).chunk(2);
    const auto guided = both[0] + (both[1] - both[0]) * options.scale;
    return options.rescale > 0 ? rescaleGuidance(guided, both[1], options.rescale) : guided;
  };
}

torch::Tensor rescaleGuidance(const torch::Tensor& guided, const torch::Tensor& conditional, double rescale) {
  const auto deviation = [](const torch::Tensor& each) {
    return each.flatten(1).std(1).view({each.size(0), 1, 1, 1});
  };
  const auto rescaled = guided * (deviation(conditional) / deviation(guided));
  return rescaled * rescale + guided * (1 - rescale);
}

}  // namespace likeness
