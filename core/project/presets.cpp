#include "core/project/presets.h"

#include <algorithm>

#include "core/api/options.h"
#include "core/base/text.h"

namespace likeness {
namespace {

using Values = std::vector<std::pair<std::string, std::string>>;

struct Recipe {
  std::string preset;
  std::vector<std::string> families;
  std::string method;  // "lora" or "full"
  Values values;
  std::string source;
};

// diffusers: examples/dreambooth/README.md and README_sdxl.md. Its LoRA has α = rank and rank 4 unless told otherwise.
// sd-scripts: docs/train_network.md (rank 16; α about half of it; 1e-4, and 1e-5 for the text encoder), README.md
// (4e-7, "SDXL original learning rate"). DreamBooth: arXiv:2208.12242, about 1000 iterations, λ = 1.
const std::vector<Recipe>& recipes() {
  static const std::vector<std::string> kSd{"sd1", "sd2"}, kXl{"sdxl"}, kBase{"base"};
  static const std::vector<Recipe> all = {
      {"quick", kSd, "lora",
       {{"lora_rank", "4"}, {"lora_alpha", "4"}, {"steps", "500"}, {"learning_rate", "1e-4"},
        {"text_encoder_learning_rate", "0"}, {"prior_weight", "0"}},
       "diffusers' README, LoRA"},
      {"quick", kSd, "full",
       {{"steps", "400"}, {"learning_rate", "5e-6"}, {"text_encoder_learning_rate", "0"}, {"prior_weight", "0"}},
       "diffusers' README, dog toy"},
      {"quick", kXl, "lora",
       {{"lora_rank", "4"}, {"lora_alpha", "4"}, {"steps", "500"}, {"learning_rate", "1e-4"},
        {"text_encoder_learning_rate", "0"}, {"gradient_accumulation", "4"}, {"prior_weight", "0"}},
       "diffusers' README_sdxl"},
      {"quick", kXl, "full",
       {{"steps", "500"}, {"learning_rate", "4e-7"}, {"text_encoder_learning_rate", "0"},
        {"gradient_accumulation", "4"}, {"prior_weight", "0"}},
       "rate: sd-scripts' README; steps and accumulation: diffusers' README_sdxl"},
      {"balanced", kSd, "lora",
       {{"lora_rank", "16"}, {"lora_alpha", "8"}, {"steps", "800"}, {"learning_rate", "1e-4"},
        {"text_encoder_learning_rate", "1e-5"}, {"prior_weight", "1"}, {"prior_count", "200"}},
       "ranks and rates: sd-scripts' train_network.md; steps and class images: diffusers' README, priors"},
      {"balanced", kSd, "full",
       {{"steps", "800"}, {"learning_rate", "5e-6"}, {"text_encoder_learning_rate", "0"}, {"prior_weight", "1"},
        {"prior_count", "200"}},
       "diffusers' README, priors"},
      {"balanced", kXl, "lora",
       {{"lora_rank", "16"}, {"lora_alpha", "8"}, {"steps", "800"}, {"learning_rate", "1e-4"},
        {"text_encoder_learning_rate", "5e-6"}, {"gradient_accumulation", "4"}, {"prior_weight", "1"},
        {"prior_count", "200"}},
       "rates: train_dreambooth_lora_sdxl.py; rank: sd-scripts' train_network.md; the rest: diffusers' READMEs"},
      {"balanced", kXl, "full",
       {{"steps", "800"}, {"learning_rate", "4e-7"}, {"text_encoder_learning_rate", "0"},
        {"gradient_accumulation", "4"}, {"prior_weight", "1"}, {"prior_count", "200"}},
       "rate: sd-scripts' README; the rest: diffusers' READMEs"},
      {"full", kSd, "full",
       {{"steps", "800"}, {"learning_rate", "2e-6"}, {"text_encoder_learning_rate", "2e-6"}, {"prior_weight", "1"},
        {"prior_count", "200"}},
       "diffusers' README, with the text encoder"},
      {"full", kXl, "full",
       {{"steps", "1000"}, {"learning_rate", "4e-7"}, {"text_encoder_learning_rate", "0"},
        {"gradient_accumulation", "4"}, {"prior_weight", "1"}, {"prior_count", "200"}},
       "rate: sd-scripts' README; steps: the DreamBooth paper"},
      // The embedded base is so small that LoRA would spare nothing: it trains whole.
      {"quick", kBase, "full",
       {{"steps", "400"}, {"learning_rate", "5e-4"}, {"text_encoder_learning_rate", "2e-4"}, {"lr_schedule", "cosine"},
        {"batch_size", "2"}, {"prior_weight", "1"}, {"prior_count", "24"}},
       "ours: the defaults, shortened"},
      {"balanced", kBase, "full",
       {{"steps", "1000"}, {"learning_rate", "5e-4"}, {"text_encoder_learning_rate", "2e-4"},
        {"lr_schedule", "cosine"}, {"batch_size", "2"}, {"prior_weight", "1"}, {"prior_count", "48"}},
       "ours: the defaults, tried on the demo subject"},
      {"full", kBase, "full",
       {{"steps", "1600"}, {"learning_rate", "5e-4"}, {"text_encoder_learning_rate", "2e-4"},
        {"lr_schedule", "cosine"}, {"batch_size", "2"}, {"prior_weight", "1"}, {"prior_count", "96"}},
       "ours: the defaults, longer, with more class images"},
  };
  return all;
}

// What every recipe above says alike, or leaves at what its README has.
const Values& common() {
  static const Values values = {{"text_encoder_stop_step", "0"}, {"lr_schedule", "constant"}, {"lr_warmup_steps", "0"},
                                {"batch_size", "1"},             {"gradient_accumulation", "1"}};
  return values;
}

bool knowsOption(const std::string& name) {
  return std::ranges::any_of(trainOptions(), [&](const TrainOption& option) { return option.name == name; });
}

bool canTrain(const std::string& method) {
  TrainConfig scratch;
  return setTrainOption(scratch, "method", method).ok();
}

const Recipe* findRecipe(const std::string& preset, const std::string& family, const std::string& method) {
  const auto found = std::ranges::find_if(recipes(), [&](const Recipe& recipe) {
    return recipe.preset == preset && recipe.method == method && std::ranges::count(recipe.families, family) > 0;
  });
  return found == recipes().end() ? nullptr : &*found;
}

std::string valueOf(const Values& values, const std::string& name) {
  for (const auto& [key, value] : values) {
    if (key == name) return value;
  }
  return {};
}

Values allOf(const Recipe& recipe) {
  Values values{{"method", recipe.method}};
  values.insert(values.end(), common().begin(), common().end());
  values.insert(values.end(), recipe.values.begin(), recipe.values.end());
  return values;
}

std::string describe(const Recipe& recipe, bool insteadOfLora) {
  auto text = "Preset " + recipe.preset + ": " + valueOf(recipe.values, "steps") + " steps at " +
              valueOf(recipe.values, "learning_rate") + (recipe.method == "lora" ? ", LoRA" : ", all weights") + " (" +
              recipe.source + ").";
  if (insteadOfLora) text += " Its LoRA recipe needs an option that this version does not have.";
  return text;
}

}  // namespace

const std::vector<std::string>& presetNames() {
  static const std::vector<std::string> names = {"quick", "balanced", "full"};
  return names;
}

Result<Preset> presetOptions(const std::string& name, const std::string& family) {
  if (std::ranges::count(presetNames(), name) == 0) {
    const auto nearest = nearestWord(name, presetNames());
    return Error{ErrorCode::InvalidArgument,
                 "There is no preset \"" + name + "\"." +
                     (nearest.empty() ? " Choose quick, balanced or full." : " Did you mean " + nearest + "?")};
  }
  const auto* lora = findRecipe(name, family, "lora");
  const auto* recipe = lora != nullptr && canTrain("lora") ? lora : findRecipe(name, family, "full");
  if (recipe == nullptr) {
    return Error{ErrorCode::Unsupported, "There is no preset " + name + " for a model of the kind " + family + "."};
  }
  Preset preset;
  preset.source = recipe->source;
  for (auto& [option, value] : allOf(*recipe)) {
    if (knowsOption(option)) {
      preset.options.emplace_back(option, value);
    } else if (option != "method") {
      preset.left.push_back(option);
    }
  }
  preset.sentence = describe(*recipe, lora != nullptr && recipe != lora);
  return preset;
}

std::string presetsMarkdown() {
  std::string table = "| preset | model | trains | values | source |\n|---|---|---|---|---|\n";
  for (const auto& recipe : recipes()) {
    std::string families, values;
    for (const auto& family : recipe.families) families += (families.empty() ? "" : ", ") + family;
    for (const auto& [name, value] : recipe.values) values += (values.empty() ? "" : ", ") + name + "=" + value;
    table += "| " + recipe.preset + " | " + families + " | " + recipe.method + " | " + values + " | " + recipe.source +
             " |\n";
  }
  return table;
}

}  // namespace likeness
