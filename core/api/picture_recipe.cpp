#include "core/api/picture_recipe.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/api/sampler.h"

namespace likeness {
namespace {

std::string shortNumber(double value) {
  std::array<char, 32> text{};
  const auto [end, failure] = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), end};
}

std::string quoted(const std::string& value) {
  if (value.find_first_of(",:\n\"") == std::string::npos) return value;
  return Json(value).dump(-1, ' ', false, Json::error_handler_t::replace);
}

// AUTOMATIC1111 looks models up by these names and leaves the two characters out of them.
std::string bareName(std::string name) {
  std::erase_if(name, [](char c) { return c == ',' || c == ':' || c == '\n'; });
  return name;
}

class SettingsLine {
 public:
  void add(const char* key, const std::string& value) {
    m_line += (m_line.empty() ? "" : ", ") + std::string(key) + ": " + quoted(value);
  }
  void addIf(bool wanted, const char* key, const std::string& value) {
    if (wanted) add(key, value);
  }
  [[nodiscard]] const std::string& text() const { return m_line; }

 private:
  std::string m_line;
};

std::string hashList(const std::vector<NamedFile>& files) {
  std::string list;
  for (const auto& file : files) {
    if (!file.hash.empty()) list += (list.empty() ? "" : ", ") + bareName(file.name) + ": " + file.hash;
  }
  return list;
}

std::string promptWithLoras(const PictureRecipe& recipe) {
  auto prompt = recipe.prompt;
  for (const auto& lora : recipe.loras) {
    const auto tag = "<lora:" + bareName(lora.name) + ":";
    if (prompt.find(tag) == std::string::npos) prompt += " " + tag + shortNumber(lora.weight) + ">";
  }
  return prompt;
}

}  // namespace

std::string parametersText(const PictureRecipe& recipe) {
  std::string text = promptWithLoras(recipe);
  if (!recipe.negative.empty()) text += "\nNegative prompt: " + recipe.negative;
  const auto sampler = parseSampler(recipe.sampler);
  const auto schedule = parseSigmaSchedule(recipe.schedule);
  SettingsLine line;
  line.add("Steps", std::to_string(recipe.steps));
  line.add("Sampler", sampler.ok() ? samplerTitle(*sampler) : recipe.sampler);
  line.add("Schedule type", schedule.ok() ? sigmaScheduleTitle(*schedule) : recipe.schedule);
  line.add("CFG scale", shortNumber(recipe.guidance));
  line.add("Seed", std::to_string(recipe.seed));
  line.add("Size", std::to_string(recipe.width) + "x" + std::to_string(recipe.height));
  line.addIf(!recipe.modelHash.empty(), "Model hash", recipe.modelHash);
  line.addIf(!recipe.model.empty(), "Model", bareName(recipe.model));
  line.addIf(!recipe.vae.hash.empty(), "VAE hash", recipe.vae.hash);
  line.addIf(!recipe.vae.name.empty(), "VAE", recipe.vae.name);
  line.addIf(recipe.strength > 0, "Denoising strength", shortNumber(recipe.strength));
  line.addIf(recipe.clipSkip > 1, "Clip skip", std::to_string(recipe.clipSkip));
  line.addIf(recipe.hiresScale > 1, "Hires upscale", shortNumber(recipe.hiresScale));
  line.addIf(recipe.hiresScale > 1 && recipe.hiresSteps > 0, "Hires steps", std::to_string(recipe.hiresSteps));
  line.addIf(recipe.hiresScale > 1, "Hires upscaler", recipe.hiresUpscale == "latent" ? "Latent" : "Lanczos");
  line.addIf(recipe.maskBlur > 0, "Mask blur", shortNumber(recipe.maskBlur));
  const auto loras = hashList(recipe.loras), embeddings = hashList(recipe.embeddings);
  line.addIf(!loras.empty(), "Lora hashes", loras);
  line.addIf(!embeddings.empty(), "TI hashes", embeddings);
  line.add("Version", "Likeness");
  return text + "\n" + line.text();
}

}  // namespace likeness
