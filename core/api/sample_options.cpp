#include "core/api/sample_options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>
#include <tuple>

#include "core/api/sampler.h"
#include "core/base/text.h"

namespace likeness {
namespace {

namespace fs = std::filesystem;

Error bad(const std::string& sentence) { return {ErrorCode::InvalidArgument, sentence}; }

Error badValue(const std::string& name, const std::string& value, const std::string& expected) {
  return bad("\"" + value + "\" is not a value for " + name + ". Give " + expected + ".");
}

template <typename Number>
bool parseNumber(const std::string& text, Number& number) {
  const auto* end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data(), end, number);
  return failure == std::errc() && rest == end;
}

std::string numberText(double number) {
  std::array<char, 32> text{};
  const auto [end, failure] = std::to_chars(text.data(), text.data() + text.size(), number);
  return {text.data(), end};
}

SampleOption text(const char* name, const char* value, const char* summary, std::string Sample::*member) {
  const auto set = [=](Sample& sample, const std::string& given) -> Result<void> {
    sample.*member = given;
    return {};
  };
  return {name, value, summary, false, [=](const Sample& sample) { return Json(sample.*member); }, set};
}

// A number within [low, high].
template <typename Number>
SampleOption number(const char* name, const char* summary, Number Sample::*member, Number low, Number high) {
  const auto set = [=](Sample& sample, const std::string& given) -> Result<void> {
    Number value{};
    if (!parseNumber(given, value) || !(value >= low && value <= high)) {
      const auto limit = [](Number number) {
        if constexpr (std::is_floating_point_v<Number>) return numberText(number);
        else return std::to_string(number);
      };
      return badValue(name, given, "a number from " + limit(low) + " to " + limit(high));
    }
    sample.*member = value;
    return {};
  };
  return {name, "N", summary, false, [=](const Sample& sample) { return Json(sample.*member); }, set};
}

Json pathOrNull(const fs::path& path) { return path.empty() ? Json() : Json(path.string()); }

SampleOption file(const char* name, const char* summary, fs::path Sample::*member) {
  const auto set = [=](Sample& sample, const std::string& given) -> Result<void> {
    sample.*member = given;
    return {};
  };
  return {name, "FILE", summary, false, [=](const Sample& sample) { return pathOrNull(sample.*member); }, set};
}

SampleOption samplerOption() {
  const auto set = [](Sample& sample, const std::string& given) -> Result<void> {
    LK_TRY(const auto sampler, parseSampler(given));
    sample.sampler = samplerName(sampler);
    return {};
  };
  return {"sampler", "NAME", "How noise becomes a picture", false,
          [](const Sample& sample) { return Json(sample.sampler); }, set};
}

SampleOption scheduleOption() {
  const auto set = [](Sample& sample, const std::string& given) -> Result<void> {
    LK_TRY(const auto schedule, parseSigmaSchedule(given));
    sample.schedule = sigmaScheduleName(schedule);
    return {};
  };
  return {"schedule", "NAME", "Which noise levels the sampler goes through", false,
          [](const Sample& sample) { return Json(sample.schedule); }, set};
}

// One of a few words.
SampleOption choice(const char* name, const char* summary, std::string Sample::*member,
                    std::vector<std::string> words) {
  const auto set = [=](Sample& sample, const std::string& given) -> Result<void> {
    std::string all;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (given == words[i]) return sample.*member = given, Result<void>();
      all += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
    }
    return badValue(name, given, all);
  };
  return {name, "WORD", summary, false, [=](const Sample& sample) { return Json(sample.*member); }, set};
}

// A step, a word, or the folder of a checkpoint.
SampleOption checkpointOption() {
  const auto get = [](const Sample& sample) -> Json {
    switch (sample.weights) {
      case WhichWeights::Base: return "base";
      case WhichWeights::Best: return "best";
      case WhichWeights::Last: return "last";
      case WhichWeights::Step: break;
    }
    return sample.checkpoint.empty() ? Json(std::to_string(sample.checkpointStep)) : Json(sample.checkpoint.string());
  };
  const auto set = [](Sample& sample, const std::string& given) -> Result<void> {
    constexpr std::array<std::pair<const char*, WhichWeights>, 3> kWords = {
        {{"base", WhichWeights::Base}, {"best", WhichWeights::Best}, {"last", WhichWeights::Last}}};
    for (const auto& [word, weights] : kWords) {
      if (given != word) continue;
      sample.checkpoint.clear();
      sample.weights = weights;
      return {};
    }
    // A step, or a folder, which is named step-N.
    const bool folder = given.find('/') != std::string::npos;
    const auto name = folder ? fs::path(given).filename().string() : "step-" + given;
    auto step = sample.checkpointStep;
    if (!name.starts_with("step-") || !parseNumber(name.substr(5), step) || step < 0) {
      return bad("\"" + given + "\" is not a checkpoint. Give a step, best, last or base.");
    }
    sample.weights = WhichWeights::Step;
    sample.checkpointStep = step;
    sample.checkpoint = folder ? fs::path(given) : fs::path();
    return {};
  };
  return {"checkpoint", "WHICH", "A step, best, last, or base for the untrained model", false, get, set};
}

SampleOption sizeOption() {
  const auto set = [](Sample& sample, const std::string& given) -> Result<void> {
    const auto cross = given.find_first_of("xX");
    const auto height = cross == std::string::npos ? given : given.substr(cross + 1);
    auto size = std::pair(sample.width, sample.height);
    if (parseNumber(given.substr(0, cross), size.first) && parseNumber(height, size.second) && size.first > 0 &&
        size.second > 0) {
      std::tie(sample.width, sample.height) = size;
      return {};
    }
    return bad("\"" + given + "\" is not a size. Give width and height in pixels, for example 128x128.");
  };
  const auto get = [](const Sample& sample) {
    if (sample.width == 0 || sample.height == 0) return Json();
    return Json(std::to_string(sample.width) + "x" + std::to_string(sample.height));
  };
  return {"size", "WxH", "Width and height in pixels; without it the model's own", false, get, set};
}

// "FILE" or "FILE:0.8".
SampleOption loraOption() {
  const auto get = [](const Sample& sample) {
    auto list = Json::array();
    for (const auto& lora : sample.loras) list.push_back(lora.path.string() + ":" + numberText(lora.weight));
    return list;
  };
  const auto set = [](Sample& sample, const std::string& given) -> Result<void> {
    LoraChoice lora{given, 1.0};
    if (const auto colon = given.rfind(':'); colon != std::string::npos && colon > 0) {
      if (parseNumber(given.substr(colon + 1), lora.weight)) lora.path = given.substr(0, colon);
    }
    if (!std::isfinite(lora.weight) || std::abs(lora.weight) > 100) {
      return badValue("lora", given, "a file and a weight between -100 and 100, for example style.safetensors:0.8");
    }
    sample.loras.push_back(std::move(lora));
    return {};
  };
  return {"lora", "FILE[:WEIGHT]", "A LoRA and how strongly it acts; may be repeated", true, get, set};
}

SampleOption embeddingOption() {
  const auto get = [](const Sample& sample) {
    auto list = Json::array();
    for (const auto& embedding : sample.embeddings) list.push_back(embedding.string());
    return list;
  };
  const auto set = [](Sample& sample, const std::string& given) -> Result<void> {
    sample.embeddings.emplace_back(given);
    return {};
  };
  return {"embedding", "FILE", "A textual inversion, named in the prompt by its file's name; may be repeated", true,
          get, set};
}

std::vector<SampleOption> makeOptions() {
  using S = Sample;
  return {
      text("prompt", "TEXT", "What the picture shows", &S::prompt),
      text("negative", "TEXT", "What should not be in the picture", &S::negative),
      samplerOption(),
      scheduleOption(),
      number<int>("steps", "Denoising steps", &S::steps, 1, 1000),
      number<double>("guidance", "How closely to follow the prompt; 1: not guided", &S::guidance, 0, 100),
      number<double>("guidance_rescale", "Takes back the glare of much guidance; 0: none, 1: all of it",
                     &S::guidanceRescale, 0, 1),
      number<double>("eta", "DDIM: how much new noise a step brings, 0 to 1", &S::eta, 0, 1),
      number<std::uint64_t>("seed", "Picture k has seed + k", &S::seed, 0, UINT64_MAX),
      sizeOption(),
      number<int>("clip_skip", "Which layer of the text encoder counts, from the end: 1 the last", &S::clipSkip, 1, 12),
      checkpointOption(),
      loraOption(),
      embeddingOption(),
      file("vae", "A VAE in place of the model's own", &S::vae),
      choice("dtype", "What the UNet computes in: fp32, bf16 or fp16", &S::dtype, {"fp32", "bf16", "fp16"}),
      file("from", "A picture to start from", &S::from),
      number<double>("strength", "With --from: how much is made anew, 0 to 1", &S::strength, 0, 1),
      file("mask", "With --from: a picture that is white where it is made anew", &S::mask),
      number<double>("mask_blur", "Pixels over which the mask fades", &S::maskBlur, 0, 256),
      number<double>("hires_scale", "Made at --size first, then refined this many times as large", &S::hiresScale, 1, 8),
      number<int>("hires_steps", "Steps of the refining; 0: as many as --steps", &S::hiresSteps, 0, 1000),
      number<double>("hires_strength", "How much the refining makes anew, 0 to 1", &S::hiresStrength, 0, 1),
      choice("hires_upscale", "What is enlarged before refining: latent or lanczos (the pixels)", &S::hiresUpscale,
             {"latent", "lanczos"}),
      choice("vae_tiles", "Large pictures through the VAE in pieces: auto, always or never", &S::vaeTiles,
             {"auto", "always", "never"}),
      file("init_noise", "First latents: a safetensors file with `latents` [N,C,h,w]", &S::initNoise),
  };
}

}  // namespace

const std::vector<SampleOption>& sampleOptions() {
  static const auto options = makeOptions();
  return options;
}

Result<const SampleOption*> findSampleOption(const std::string& name) {
  auto wanted = name;
  std::ranges::replace(wanted, '-', '_');
  std::vector<std::string> names;
  for (const auto& option : sampleOptions()) {
    if (option.name == wanted) return &option;
    names.push_back(option.name);
  }
  const auto nearest = nearestWord(wanted, names);
  return bad("There is no setting \"" + name + "\"." +
             (nearest.empty() ? " See likeness-cli sample --help for all of them." : " Did you mean " + nearest + "?"));
}

Result<void> applySampleOptions(Sample& sample, const SettingList& settings) {
  std::set<std::string> begun;
  for (const auto& [name, value] : settings) {
    LK_TRY(const auto* option, findSampleOption(name));
    if (option->list && begun.insert(option->name).second) {
      if (option->name == "lora") sample.loras.clear();
      if (option->name == "embedding") sample.embeddings.clear();
    }
    LK_CHECK(option->set(sample, value));
  }
  return {};
}

Result<void> checkSample(const Sample& sample) {
  if (!sample.mask.empty() && sample.from.empty()) {
    return bad("A mask needs a picture that it lies on. Give that with --from.");
  }
  if (!sample.from.empty() && !sample.initNoise.empty()) {
    return bad("A picture starts either from --from or from --init-noise. Leave one out.");
  }
  if (!sample.from.empty() && sample.strength == 0) {
    return bad("With a strength of 0 the picture stays as it is. Give a strength above 0.");
  }
  if (sample.hiresScale > 1 && sample.hiresStrength == 0) {
    return bad("With a hires strength of 0 nothing is refined. Give more, for example 0.5.");
  }
  if (sample.quality < 1 || sample.quality > 100) return bad("The quality must lie between 1 and 100.");
  if (sample.count < 1) return bad("The number of pictures must be at least 1.");
  if (!sample.grid.empty() && (sample.count != 1 || sample.compareWithBase || !sample.saveLatents.empty())) {
    return bad("A grid makes one picture for each cell. Leave --count, --compare and --save-latents out.");
  }
  return {};
}

}  // namespace likeness
