#include "core/weights/layouts/model_files.h"

#include <algorithm>

namespace likeness {
namespace {

std::int64_t sizeInUNet(const ModelFiles& model, const char* tensor, std::size_t dimension) {
  const auto unet = model.parts.find(kUNet);
  return unet == model.parts.end() ? 0 : sizeOf(*unet->second.weights, tensor, dimension);
}

}  // namespace

std::int64_t sizeOf(const TensorSource& file, const std::string& tensor, std::size_t dimension) {
  constexpr std::int64_t kLargest = 1'000'000'000;
  const auto found = file.tensors().find(tensor);
  const bool there = found != file.tensors().end() && dimension < found->second.shape.size();
  return there ? std::min(found->second.shape[dimension], kLargest) : 0;
}

std::vector<std::string> ModelFiles::missing() const {
  std::vector<std::string> names;
  for (const std::string part : {kUNet, kVae, kTextEncoder, kTextEncoder2}) {
    if (part == kTextEncoder2 && family != ModelFamily::Sdxl) continue;
    if (!has(part)) names.push_back(part);
  }
  return names;
}

std::int64_t ModelFiles::unetInChannels() const { return sizeInUNet(*this, "conv_in.weight", 1); }

std::int64_t ModelFiles::latentChannels() const { return sizeInUNet(*this, "conv_out.weight", 0); }

bool ModelFiles::predictsV() const {
  return jsonOr<std::string>(scheduler, "prediction_type", "epsilon") == "v_prediction";
}

}  // namespace likeness
