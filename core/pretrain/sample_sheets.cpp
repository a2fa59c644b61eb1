#include "core/pretrain/sample_sheets.h"

#include <algorithm>

#include "core/data/contact_sheet.h"
#include "core/data/image_tensor.h"
#include "core/sample/autocast.h"
#include "core/sample/text_to_image.h"
#include "core/tensor/precision.h"

namespace likeness {

Image vaeSheet(AutoencoderKl& vae, PictureStore& pictures, int size) {
  constexpr std::int64_t kShown = 8;
  const torch::NoGradGuard noGrad;
  std::vector<Image> all;
  const auto count = std::min(kShown, pictures.size());
  for (std::int64_t i = 0; i < count; ++i) all.push_back(middleSquare(*pictures.at(i), size));
  const auto decoded = vae->decode(vae->encode(imagesToTensor(all)).mean);
  for (auto& image : tensorToImages(decoded)) all.push_back(std::move(image));
  return contactSheet(all, static_cast<int>(count));
}

Image promptSheet(const StableDiffusion& model, const std::vector<std::string>& prompts, int size, Precision precision,
                  JobControl& control) {
  constexpr int kColumns = 4;
  GenerateOptions options;
  options.prompts = prompts;
  options.promptOptions.syntax = false;
  options.seeds.assign(prompts.size(), 0);
  options.width = options.height = size;
  options.computeIn = scalarTypeOf(resolvedPrecision(precision));
  const auto made = generate(model, options, control);
  std::vector<Image> pictures;
  for (const auto& image : made.images) pictures.push_back(*image);
  return contactSheet(pictures, std::min<int>(kColumns, static_cast<int>(pictures.size())), prompts);
}

}  // namespace likeness
