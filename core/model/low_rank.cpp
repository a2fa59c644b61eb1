#include "core/model/low_rank.h"

#include <sstream>

#include "core/tensor/random.h"

namespace likeness {
namespace {

std::string text(at::IntArrayRef shape) {
  std::ostringstream stream;
  stream << shape;
  return stream.str();
}

bool trains(const torch::Tensor& tensor) { return tensor.defined() && tensor.requires_grad(); }

// A vector with one number per output (axis 0) or input (axis 1) of the weight, shaped so that it multiplies it.
torch::Tensor alongAxis(const torch::Tensor& values, MagnitudeAxis axis, std::int64_t dimensions) {
  std::vector<std::int64_t> shape(static_cast<std::size_t>(dimensions), 1);
  shape[axis == MagnitudeAxis::Outputs ? 0 : 1] = values.numel();
  return values.view(shape);
}

}  // namespace

bool LowRankChange::trains() const {
  return likeness::trains(down) || likeness::trains(up) || likeness::trains(mid) || likeness::trains(magnitude);
}

LowRankChange LowRankChange::to(torch::Device device, std::optional<torch::ScalarType> dtype) const {
  LowRankChange copy = *this;
  for (auto* tensor : {&copy.down, &copy.up, &copy.mid}) {
    if (tensor->defined()) *tensor = tensor->to(device, dtype.value_or(tensor->scalar_type()));
  }
  if (copy.magnitude.defined()) copy.magnitude = copy.magnitude.to(device);
  return copy;
}

std::string LowRankChange::misfit(at::IntArrayRef weightShape) const {
  const auto wrong = [&](const char* name, const torch::Tensor& tensor) {
    return std::string("its ") + name + " is " + text(tensor.sizes()) + ", the weight is " + text(weightShape);
  };
  const bool convolution = weightShape.size() == 4;
  if (weightShape.size() != 2 && !convolution) return "the weight is " + text(weightShape);
  if (!down.defined() || !up.defined()) return "its up or down is missing";
  const std::int64_t out = weightShape[0], in = weightShape[1], r = down.dim() > 0 ? down.size(0) : 0;
  const std::int64_t inner = mid.defined() && mid.dim() > 0 ? mid.size(0) : r;
  if (r == 0 || inner == 0) return "its rank is 0";
  const std::vector<std::int64_t> kernel = convolution ? weightShape.slice(2).vec() : std::vector<std::int64_t>();
  const auto shaped = [&](std::int64_t rows, std::int64_t columns, bool point) {
    std::vector<std::int64_t> shape{rows, columns};
    for (const auto size : kernel) shape.push_back(point ? 1 : size);
    return shape;
  };
  if (mid.defined() && (!convolution || mid.sizes() != shaped(inner, r, false))) return wrong("mid", mid);
  if (down.sizes() != shaped(r, in, mid.defined())) return wrong("down", down);
  if (up.sizes() != shaped(out, inner, true)) return wrong("up", up);
  const std::int64_t magnitudes = axis == MagnitudeAxis::Outputs ? out : in;
  if (magnitude.defined() && magnitude.sizes() != at::IntArrayRef{magnitudes}) return wrong("magnitude", magnitude);
  return {};
}

torch::Tensor seenInput(const LowRankChange& change, const torch::Tensor& x) {
  constexpr std::uint32_t kNumberBits = 12;
  if (!change.dropsInput()) return x;
  const auto& drop = *change.dropout;
  TORCH_CHECK(x.size(0) == std::ssize(drop.lanes), "dropout was told of ", drop.lanes.size(), " rows, not of ",
              x.size(0));
  std::vector<torch::Tensor> rows;
  for (const auto lane : drop.lanes) {
    rows.push_back(uniformTensor(x.sizes().slice(1), {drop.seed, drop.step, lane << kNumberBits | change.number,
                                                RandomStream::Dropout}));
  }
  const auto kept = at::stack(rows).ge(drop.rate).to(x.options()).div_(1 - drop.rate);
  return x * kept;
}

torch::Tensor lowRankDelta(const LowRankChange& change, at::IntArrayRef weightShape) {
  const c10::impl::ExcludeDispatchKeyGuard noAutocast(c10::autocast_dispatch_keyset);  // fp32 whatever the caller does
  torch::Tensor down = change.down.to(torch::kFloat32).flatten(1);
  if (change.mid.defined()) {
    down = at::einsum("abkl,bi->aikl", {change.mid.to(torch::kFloat32), down}).flatten(1);
  }
  return at::matmul(change.up.to(torch::kFloat32).flatten(1), down).mul(change.scale).view(weightShape);
}

torch::Tensor magnitudeFactor(const LowRankChange& change, const torch::Tensor& weight) {
  const auto constantNorm = [&] {
    constexpr double kLeastNorm = 1e-12;  // a row of zeros stays one
    const torch::NoGradGuard noGrad;
    const torch::Tensor sum = weight.to(torch::kFloat32) + lowRankDelta(change, weight.sizes());
    const bool outputs = change.axis == MagnitudeAxis::Outputs;
    return (outputs ? sum : sum.transpose(0, 1)).flatten(1).norm(2, 1).clamp_min(kLeastNorm);
  };
  return change.magnitude.to(torch::kFloat32) / constantNorm();
}

torch::Tensor changedWeight(const torch::Tensor& weight, const LowRankChanges& changes) {
  const torch::Tensor base = weight.to(torch::kFloat32);
  torch::Tensor sum = base.clone();
  for (const auto& change : changes) {
    const torch::Tensor delta = lowRankDelta(*change, weight.sizes());
    sum = sum + delta;
    if (!change->magnitude.defined()) continue;
    const torch::Tensor factor = alongAxis(magnitudeFactor(*change, weight), change->axis, weight.dim());
    sum = sum + (factor - 1) * (base + delta);
  }
  return sum.to(weight.scalar_type());
}

}  // namespace likeness
