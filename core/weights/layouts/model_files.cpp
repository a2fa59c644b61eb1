#include "core/weights/layouts/model_files.h"

namespace likeness {
namespace {

std::int64_t sizeOf(const ModelFiles& model, const char* tensor, std::size_t dimension) {
  const auto unet = model.parts.find(kUNet);
  if (unet == model.parts.end()) return 0;
  const auto& tensors = unet->second.weights->tensors();
  const auto found = tensors.find(tensor);
  return found == tensors.end() || found->second.shape.size() <= dimension ? 0 : found->second.shape[dimension];
}

}  // namespace

std::vector<std::string> ModelFiles::missing() const {
  std::vector<std::string> names;
  for (const std::string part : {kUNet, kVae, kTextEncoder, kTextEncoder2}) {
    if (part == kTextEncoder2 && family != ModelFamily::Sdxl) continue;
    if (!has(part)) names.push_back(part);
  }
  return names;
}

std::int64_t ModelFiles::unetInChannels() const { return sizeOf(*this, "conv_in.weight", 1); }

std::int64_t ModelFiles::latentChannels() const { return sizeOf(*this, "conv_out.weight", 0); }

bool ModelFiles::predictsV() const {
  return jsonOr<std::string>(scheduler, "prediction_type", "epsilon") == "v_prediction";
}

}  // namespace likeness
