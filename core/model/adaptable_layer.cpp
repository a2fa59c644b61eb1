#include <algorithm>

#include "core/model/layers.h"

namespace likeness {
namespace {

// Autocast picks the dtype itself; without it the input follows the matrix, which a trainer may keep in fp32.
torch::Tensor inDtypeOf(const torch::Tensor& matrix, const torch::Tensor& x) {
  return at::autocast::is_autocast_enabled(x.device().type()) ? x : x.to(matrix.scalar_type());
}

// A vector with a number per channel, shaped so that it multiplies the tokens or the feature map of a layer.
torch::Tensor perChannel(const torch::Tensor& values, const torch::Tensor& weight) {
  return weight.dim() == 4 ? values.view({1, -1, 1, 1}) : values;
}

}  // namespace

void AdaptableLayerImpl::attach(const std::shared_ptr<const LowRankChange>& change) {
  const std::string misfit = change->misfit(weight.sizes());
  TORCH_CHECK(misfit.empty(), "a low-rank change does not fit the layer: ", misfit);
  Attached attached{change, change, {}};
  if (!change->trains()) {
    const torch::NoGradGuard noGrad;
    attached.used = std::make_shared<const LowRankChange>(change->to(weight.device(), weight.scalar_type()));
    if (change->magnitude.defined()) attached.factor = magnitudeFactor(*attached.used, weight);
  }
  m_attached.push_back(std::move(attached));
}

void AdaptableLayerImpl::detach(const LowRankChange& change) {
  const auto found = std::find_if(m_attached.begin(), m_attached.end(),
                                  [&](const Attached& attached) { return attached.given.get() == &change; });
  if (found != m_attached.end()) m_attached.erase(found);
}

torch::Tensor AdaptableLayerImpl::effectiveWeight() const {
  if (!isAdapted()) return weight;
  LowRankChanges changes;
  for (const auto& attached : m_attached) changes.push_back(attached.used);
  return changedWeight(weight, changes);
}

torch::Tensor AdaptableLayerImpl::addChanges(const torch::Tensor& x, const torch::Tensor& y) const {
  torch::Tensor sum = y;
  for (const auto& attached : m_attached) sum = sum + added(attached, x, y).to(y.scalar_type());
  return sum;
}

torch::Tensor AdaptableLayerImpl::through(const LowRankChange& change, const torch::Tensor& x) const {
  const torch::Tensor same = inDtypeOf(change.down, x);
  const torch::Tensor narrow =
      change.mid.defined() ? apply(applyPoint(same, change.down), change.mid) : apply(same, change.down);
  return applyPoint(narrow * change.scale, change.up);
}

torch::Tensor AdaptableLayerImpl::added(const Attached& attached, const torch::Tensor& x,
                                        const torch::Tensor& y) const {
  const LowRankChange& change = *attached.used;
  const torch::Tensor seen = seenInput(change, x);
  if (!change.magnitude.defined()) return through(change, seen);
  const torch::Tensor factor =
      perChannel(attached.factor.defined() ? attached.factor : magnitudeFactor(change, weight), weight);
  if (change.axis == MagnitudeAxis::Outputs) {
    // As in PEFT, what is dropped is missing in the weight's part, too.
    const torch::Tensor unbiased = change.dropsInput() ? apply(seen, weight)
                                   : bias.defined()    ? y - perChannel(bias, weight)
                                                       : y;
    return (factor - 1) * unbiased + factor * through(change, seen);
  }
  // The factor of an input can be taken on the way in.
  return apply((seen * (factor - 1)).to(x.scalar_type()), weight) +
         through(change, (seen * factor).to(x.scalar_type()));
}

std::map<std::string, std::shared_ptr<AdaptableLayerImpl>> adaptableLayers(const torch::nn::Module& model) {
  std::map<std::string, std::shared_ptr<AdaptableLayerImpl>> layers;
  for (const auto& entry : model.named_modules("", /*include_self=*/false)) {
    if (auto layer = std::dynamic_pointer_cast<AdaptableLayerImpl>(entry.value())) layers.emplace(entry.key(), layer);
  }
  return layers;
}

}  // namespace likeness
