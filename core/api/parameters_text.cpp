#include "core/api/parameters_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/api/sampler.h"
#include "core/base/json.h"
#include "core/base/text.h"

namespace likeness {
namespace {

constexpr std::string_view kSpace = " \t\r\n\v\f";
constexpr std::string_view kNegative = "Negative prompt:";

bool isWordCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool isNameCharacter(char c) { return isWordCharacter(c) || c == ' ' || c == '-' || c == '/'; }

// The quoted string at the start of `text`, quotes and all; empty when it is none, or not followed by a comma or the end.
std::string_view quotedAt(std::string_view text) {
  if (!text.starts_with('"')) return {};
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      const bool ends = i + 1 == text.size() || text[i + 1] == ',';
      return ends ? text.substr(0, i + 1) : std::string_view();
    }
  }
  return {};
}

std::string unquoted(std::string_view text) {
  if (text.size() > 1 && text.front() == '"' && text.back() == '"') {
    const auto parsed = Json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (parsed.is_string()) return parsed.get<std::string>();
  }
  return std::string(text);
}

using Pairs = std::vector<std::pair<std::string, std::string>>;

// "Name: value, Name: value": whatever stands between is passed over.
Pairs settingsIn(std::string_view line) {
  Pairs pairs;
  std::size_t at = 0;
  while (at < line.size()) {
    if (!isWordCharacter(line[at])) {
      ++at;
      continue;
    }
    auto end = at;
    while (end < line.size() && isNameCharacter(line[end])) ++end;
    const auto name = line.substr(at, end - at);
    at = end + 1;
    if (end == line.size() || line[end] != ':' || name.size() < 2) continue;
    at = std::min(line.find_first_not_of(kSpace, at), line.size());
    const auto rest = line.substr(at);
    auto value = quotedAt(rest);
    if (value.empty()) value = rest.substr(0, rest.find(','));
    pairs.emplace_back(name, unquoted(value));
    at += value.size() + 1;
  }
  return pairs;
}

void appendLine(std::string& text, std::string_view line) {
  if (!text.empty()) text += '\n';
  text += line;
}

template <typename Number>
std::optional<Number> numberIn(std::string_view text) {
  text = trimmed(text);
  Number number{};
  const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || rest != text.data() + text.size()) return std::nullopt;
  return number;
}

// Reads the settings one by one and notes what was never asked for.
class Reader {
 public:
  explicit Reader(const ParsedParameters& parsed) : m_left(parsed.settings) {}

  std::string take(const std::string& name) {
    const auto found = m_left.extract(name);
    return found.empty() ? std::string() : std::string(trimmed(found.mapped()));
  }
  void ignore(std::initializer_list<const char*> names) {
    for (const auto* name : names) m_left.erase(name);
  }
  [[nodiscard]] std::string leftNames() const {
    std::string names;
    for (const auto& [name, value] : m_left) names += (names.empty() ? "" : ", ") + name;
    return names;
  }

 private:
  std::map<std::string, std::string> m_left;
};

void readSampler(Reader& reader, ForeignRecipe& recipe) {
  const auto sampler = reader.take("Sampler"), schedule = reader.take("Schedule type");
  if (sampler.empty()) return;
  auto choice = parseSamplerTitle(sampler, schedule);
  if (!choice && !schedule.empty()) {
    choice = parseSamplerTitle(sampler);
    if (choice) recipe.notes.push_back("There is no schedule \"" + schedule + "\" here, so the sampler's own is used.");
  }
  if (!choice) {
    recipe.notes.push_back("There is no sampler \"" + sampler + "\" here, so " + Sample().sampler +
                           " is used. Give another with --sampler.");
    return;
  }
  recipe.settings.emplace_back("sampler", samplerName(choice->sampler));
  recipe.settings.emplace_back("schedule", sigmaScheduleName(choice->schedule));
}

// "1024x1536" over the first size, when that is the same shape.
std::string scaleBetween(const std::string& from, const std::string& to) {
  const auto sides = [](const std::string& text) -> std::pair<double, double> {
    const auto cross = text.find('x');
    if (cross == std::string::npos) return {0, 0};
    return {numberIn<double>(text.substr(0, cross)).value_or(0), numberIn<double>(text.substr(cross + 1)).value_or(0)};
  };
  const auto [width, height] = sides(from);
  const auto [wide, high] = sides(to);
  if (width <= 0 || height <= 0 || wide <= width || std::abs(wide / width - high / height) > 0.01) return {};
  return Json(wide / width).dump();
}

void readSecondPass(Reader& reader, const std::string& size, ForeignRecipe& recipe) {
  const auto strength = reader.take("Denoising strength"), steps = reader.take("Hires steps");
  auto scale = reader.take("Hires upscale");
  const auto resize = reader.take("Hires resize"), upscaler = reader.take("Hires upscaler");
  if (scale.empty() && !resize.empty()) scale = scaleBetween(size, resize);
  if (scale.empty()) {
    if (!strength.empty()) recipe.settings.emplace_back("strength", strength);
    return;
  }
  recipe.settings.emplace_back("hires_scale", scale);
  if (!strength.empty()) recipe.settings.emplace_back("hires_strength", strength);
  if (!steps.empty()) recipe.settings.emplace_back("hires_steps", steps);
  const bool latent = upscaler.empty() || upscaler.starts_with("Latent");
  recipe.settings.emplace_back("hires_upscale", latent ? "latent" : "lanczos");
  if (!latent && upscaler != "Lanczos") {
    recipe.notes.push_back("It was enlarged by \"" + upscaler + "\", which is not here; Lanczos takes its place.");
  }
}

// "name: hash, name: hash" for the files of that name.
void readHashes(std::string_view list, std::vector<NamedFile>& files) {
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    const auto entry = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    const auto colon = std::min(entry.rfind(':'), entry.size());
    for (auto& file : files) {
      if (file.name == trimmed(entry.substr(0, colon))) file.hash = trimmed(entry.substr(std::min(colon + 1, entry.size())));
    }
  }
}

}  // namespace

ParsedParameters parseParameters(std::string_view text) {
  text = trimmed(text);
  const auto lastBreak = text.rfind('\n');
  const auto lastLine = lastBreak == std::string_view::npos ? text : text.substr(lastBreak + 1);
  ParsedParameters parsed;
  auto pairs = settingsIn(lastLine);
  constexpr std::size_t kFewest = 3;
  if (pairs.size() < kFewest) {
    pairs.clear();
  } else {
    text = lastBreak == std::string_view::npos ? std::string_view() : text.substr(0, lastBreak);
  }
  bool negative = false;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.starts_with(kNegative)) {
      negative = true;
      line = trimmed(line.substr(kNegative.size()));
    }
    appendLine(negative ? parsed.negative : parsed.prompt, line);
  }
  for (auto& [name, value] : pairs) {
    if (!value.empty()) parsed.settings[name] = std::move(value);
  }
  return parsed;
}

bool isParameters(const ParsedParameters& parsed) {
  return parsed.settings.contains("Steps") &&
         (parsed.settings.contains("Sampler") || parsed.settings.contains("Seed"));
}

PromptWithLoras takeLoras(std::string_view prompt) {
  constexpr std::string_view kTag = "<lora:";
  PromptWithLoras taken;
  while (!prompt.empty()) {
    const auto start = prompt.find(kTag);
    const auto end = start == std::string_view::npos ? start : prompt.find('>', start);
    if (end == std::string_view::npos) break;
    taken.prompt += prompt.substr(0, start);
    const auto content = prompt.substr(start + kTag.size(), end - start - kTag.size());
    const auto colon = std::min(content.find(':'), content.size());
    const auto rest = content.substr(std::min(colon + 1, content.size()));
    NamedFile lora{std::string(trimmed(content.substr(0, colon))), {}, 1.0};
    lora.weight = numberIn<double>(rest.substr(0, rest.find(':'))).value_or(1.0);
    if (!lora.name.empty()) taken.loras.push_back(std::move(lora));
    prompt.remove_prefix(end + 1);
  }
  taken.prompt += prompt;
  if (!taken.loras.empty()) taken.prompt = std::string(trimmed(taken.prompt));
  return taken;
}

ForeignRecipe recipeFromParameters(const ParsedParameters& parsed) {
  ForeignRecipe recipe;
  Reader reader(parsed);
  auto prompt = takeLoras(parsed.prompt);
  recipe.loras = std::move(prompt.loras);
  recipe.settings = {{"prompt", prompt.prompt}, {"negative", takeLoras(parsed.negative).prompt}};
  readSampler(reader, recipe);
  const auto size = reader.take("Size");
  if (!size.empty()) recipe.settings.emplace_back("size", size);
  const std::array<std::pair<const char*, const char*>, 5> kSame = {{{"Steps", "steps"},
                                                                     {"CFG scale", "guidance"},
                                                                     {"Seed", "seed"},
                                                                     {"Eta DDIM", "eta"},
                                                                     {"Mask blur", "mask_blur"}}};
  for (const auto& [theirs, ours] : kSame) {
    if (auto value = reader.take(theirs); !value.empty()) recipe.settings.emplace_back(ours, std::move(value));
  }
  const auto clipSkip = reader.take("Clip skip");
  if (!clipSkip.empty() && clipSkip != "1") recipe.settings.emplace_back("clip_skip", clipSkip);
  readSecondPass(reader, size, recipe);
  recipe.model = reader.take("Model");
  recipe.modelHash = reader.take("Model hash");
  recipe.vae = {reader.take("VAE"), reader.take("VAE hash"), 1.0};
  readHashes(reader.take("Lora hashes"), recipe.loras);
  // These change nothing, or repeat what is known.
  reader.ignore({"Version", "Hashes", "TI hashes", "TI", "RNG", "User", "Discard penultimate sigma", "Emphasis"});
  if (const auto names = reader.leftNames(); !names.empty()) {
    recipe.notes.push_back("These settings of the picture are not repeated here: " + names + ".");
  }
  return recipe;
}

}  // namespace likeness
