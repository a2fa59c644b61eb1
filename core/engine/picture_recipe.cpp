#include "core/engine/picture_recipe.h"

#include "core/sample/stable_diffusion.h"

namespace likeness {

PictureRecipe pictureRecipe(const PictureOrigin& origin) {
  const auto& options = origin.options;
  PictureRecipe recipe;
  recipe.prompt = options.prompts.front();
  recipe.negative = options.negative;
  recipe.sampler = samplerName(options.sampler);
  recipe.schedule = sigmaScheduleName(options.schedule);
  recipe.steps = static_cast<int>(options.steps);
  recipe.guidance = options.guidance;
  recipe.seed = origin.seed;
  recipe.width = origin.width;
  recipe.height = origin.height;
  recipe.model = origin.model.filename().string();
  if (origin.checkpoint) {
    const auto run = origin.checkpoint->folder.parent_path().parent_path().filename().string();
    recipe.model += " + " + run + " step " + std::to_string(origin.checkpoint->step);
  }
  const auto identity = modelIdentity(origin.model);
  if (identity.ok()) recipe.modelHash = identity->substr(0, 10);
  recipe.full = {{"version", 1},
                 {"prompt", origin.spec.prompt},
                 {"resolved_prompt", recipe.prompt},
                 {"token", origin.token},
                 {"negative", origin.spec.negative},
                 {"sampler", recipe.sampler},
                 {"schedule", recipe.schedule},
                 {"steps", recipe.steps},
                 {"guidance", recipe.guidance},
                 {"guidance_rescale", options.guidanceRescale},
                 {"seed", recipe.seed},
                 {"width", recipe.width},
                 {"height", recipe.height},
                 {"eta", options.eta},
                 {"precision", options.precision == Precision::Bf16 ? "bf16" : "fp32"},
                 {"model", origin.model.string()},
                 {"model_identity", identity.ok() ? *identity : ""},
                 {"checkpoint", origin.checkpoint ? Json(origin.checkpoint->folder.string()) : Json()},
                 {"init_noise", origin.spec.initNoise.empty() ? Json() : Json(origin.spec.initNoise.string())}};
  return recipe;
}

std::string pictureName(const std::string& prompt, std::uint64_t seed, bool base) {
  constexpr std::size_t kLongest = 48;
  std::string name;
  for (const char c : prompt) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain) {
      name += c;
    } else if (!name.empty() && name.back() != '-') {
      name += '-';
    }
    if (name.size() >= kLongest) break;
  }
  while (!name.empty() && name.back() == '-') name.pop_back();
  if (name.empty()) name = "picture";
  return name + "-seed-" + std::to_string(seed) + (base ? "-base" : "") + ".png";
}

}  // namespace likeness
