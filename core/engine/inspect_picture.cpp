#include "core/engine/inspect_picture.h"

#include "core/api/parameters_text.h"
#include "core/base/text.h"
#include "core/data/photo_reader.h"
#include "core/data/picture_texts.h"
#include "core/engine/about.h"

namespace likeness {
namespace {

std::string words(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

bool saysNothing(const Json& value) {
  return value.is_null() || (value.is_structured() && value.empty()) || value == Json("");
}

void tellOwn(const std::string& text, About& about) {
  const auto recipe = parseJson(text);
  if (!recipe.is_object()) return about.line("It carries a recipe of Likeness that is damaged.");
  about.json()["made_by"] = "Likeness";
  about.json()["recipe"] = recipe;
  about.line("made by Likeness:");
  for (const auto& [key, value] : recipe.items()) {
    if (!saysNothing(value)) about.line("  " + key + ": " + words(value));
  }
}

void tellParameters(const std::string& text, bool own, About& about) {
  about.json()["parameters"] = text;
  const auto parsed = parseParameters(text);
  if (own || !isParameters(parsed)) {
    if (!own) about.line("parameters: " + text);
    return;
  }
  about.json()["made_by"] = "AUTOMATIC1111 or alike";
  about.json()["prompt"] = parsed.prompt;
  about.json()["negative"] = parsed.negative;
  about.json()["settings"] = parsed.settings;
  about.line("made by AUTOMATIC1111 or a program like it:");
  about.line("  prompt: " + parsed.prompt);
  if (!parsed.negative.empty()) about.line("  negative prompt: " + parsed.negative);
  for (const auto& [key, value] : parsed.settings) about.line("  " + key + ": " + value);
}

// A node with what was typed or chosen in it; links to other nodes are left out.
std::string nodeInWords(const Json& node) {
  constexpr std::size_t kLongest = 300;
  std::string text = jsonOr<std::string>(node, "class_type", "node");
  const auto inputs = node.find("inputs");
  if (inputs == node.end() || !inputs->is_object()) return text;
  std::string values;
  for (const auto& [name, value] : inputs->items()) {
    if (value.is_primitive() && !value.is_null()) values += (values.empty() ? ": " : ", ") + name + " " + words(value);
    if (values.size() > kLongest) return text + repairedUtf8(values.substr(0, kLongest)) + "…";
  }
  return text + values;
}

void tellComfy(const PictureTexts& texts, About& about) {
  constexpr int kMostNodes = 200;
  about.json()["made_by"] = "ComfyUI";
  about.line("made by ComfyUI:");
  for (const auto* key : {"prompt", "workflow"}) {
    const auto found = texts.find(key);
    if (found == texts.end()) continue;
    const auto graph = parseJson(found->second);
    about.json()["comfyui"][key] = graph;
    if (graph.is_null()) about.line("  its " + std::string(key) + " is damaged.");
    int nodes = 0;
    for (const auto& node : graph) {
      if (node.is_object() && node.contains("class_type") && nodes++ < kMostNodes) about.line("  " + nodeInWords(node));
    }
  }
}

}  // namespace

Result<Inspected> inspectPicture(const std::filesystem::path& path) {
  LK_TRY(const auto header, readPhotoHeader(path));
  About about("picture", "picture", path);
  about.add("format", "format", header.format);
  about.add("width", "width (px)", header.width);
  about.add("height", "height (px)", header.height);
  const auto texts = readPictureTexts(path);
  if (!texts.ok()) return about.answer();  // a kind that carries none
  const auto own = texts->find("likeness");
  if (own != texts->end()) tellOwn(own->second, about);
  const auto parameters = texts->find("parameters");
  if (parameters != texts->end()) tellParameters(parameters->second, own != texts->end(), about);
  const bool comfy = texts->contains("workflow") || (texts->contains("prompt") && parseJson(texts->at("prompt")).is_object());
  if (comfy) tellComfy(*texts, about);
  return about.answer();
}

}  // namespace likeness
