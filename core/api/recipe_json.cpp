#include "core/api/recipe_json.h"

#include "core/api/sample_options.h"

namespace likeness {
namespace {

Json pathOrNull(const std::filesystem::path& path) { return path.empty() ? Json() : Json(path.string()); }

std::string textOf(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

const Json* member(const Json& json, const char* name) {
  const auto found = json.is_object() ? json.find(name) : json.end();
  return json.is_object() && found != json.end() && !found->is_null() ? &*found : nullptr;
}

std::string textIn(const Json& json, const char* name) {
  const auto* value = member(json, name);
  return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

void readSetting(const SampleOption& option, const Json& json, SettingList& settings) {
  const auto* value = member(json, option.name.c_str());
  if (value == nullptr) return;
  if (!option.list) {
    if (value->is_string() || value->is_number()) settings.emplace_back(option.name, textOf(*value));
  } else if (value->is_array()) {
    for (const auto& item : *value) {
      if (item.is_string()) settings.emplace_back(option.name, item.get<std::string>());
    }
  }
}

std::vector<RecordedFile> readFiles(const Json& json) {
  std::vector<RecordedFile> files;
  const auto* list = member(json, "files");
  if (list == nullptr || !list->is_array()) return files;
  for (const auto& entry : *list) {
    files.push_back({textIn(entry, "role"), textIn(entry, "file"), textIn(entry, "sha256")});
  }
  return files;
}

std::vector<std::string> readFurtherTokens(const Json& json) {
  std::vector<std::string> tokens;
  const auto* list = member(json, "further_tokens");
  if (list == nullptr || !list->is_array()) return tokens;
  for (const auto& token : *list) tokens.push_back(textOf(token));
  return tokens;
}

std::vector<GridAxis> readGrid(const Json& json) {
  std::vector<GridAxis> axes;
  const auto* list = member(json, "grid");
  if (list == nullptr || !list->is_array()) return axes;
  for (const auto& entry : *list) {
    GridAxis axis{textIn(entry, "setting"), {}};
    if (const auto* values = member(entry, "values"); values != nullptr && values->is_array()) {
      for (const auto& value : *values) axis.values.push_back(textOf(value));
    }
    axes.push_back(std::move(axis));
  }
  return axes;
}

}  // namespace

Json recipeJson(const Sample& sample, const RecipeFacts& facts) {
  Json json = {{"version", 1}};
  for (const auto& option : sampleOptions()) json[option.name] = option.get(sample);
  if (sample.weights == WhichWeights::Base) json["checkpoint"] = nullptr;
  json["token"] = facts.token;
  if (!facts.furtherTokens.empty()) json["further_tokens"] = facts.furtherTokens;
  json["project"] = pathOrNull(facts.project);
  json["model"] = pathOrNull(facts.model);
  auto& files = json["files"] = Json::array();
  for (const auto& file : facts.files) {
    files.push_back({{"role", file.role}, {"file", file.file.string()}, {"sha256", file.sha256}});
  }
  if (sample.batch) json["batch"] = {{"seed", sample.batch->seed}, {"count", sample.batch->count}};
  return json;
}

Json gridJson(const std::vector<GridAxis>& axes) {
  auto json = Json::array();
  for (const auto& axis : axes) json.push_back({{"setting", axis.setting}, {"values", axis.values}});
  return json;
}

OwnRecipe readRecipeJson(const Json& json) {
  OwnRecipe recipe;
  for (const auto& option : sampleOptions()) readSetting(option, json, recipe.settings);
  // A recipe of a first version has the sides alone, and null for the base's weights.
  if (member(json, "size") == nullptr && member(json, "width") != nullptr && member(json, "height") != nullptr) {
    const auto width = textOf(json["width"]), height = textOf(json["height"]);
    if (width != "0" && height != "0") recipe.settings.emplace_back("size", width + "x" + height);
  }
  if (json.is_object() && json.contains("checkpoint") && json["checkpoint"].is_null()) {
    recipe.settings.emplace_back("checkpoint", "base");
  }
  recipe.facts = {textIn(json, "project"), textIn(json, "model"), textIn(json, "token"), readFiles(json),
                  readFurtherTokens(json)};
  if (const auto* batch = member(json, "batch"); batch != nullptr && batch->is_object()) {
    recipe.batch = SampleBatch{jsonOr<std::uint64_t>(*batch, "seed", 0), jsonOr<int>(*batch, "count", 1)};
  }
  recipe.grid = readGrid(json);
  return recipe;
}

std::optional<Sample> sampleFromRecipe(const std::string& recipe) {
  const auto json = parseJson(recipe);
  if (!json.is_object()) return std::nullopt;
  Sample sample;
  for (const auto& setting : readRecipeJson(json).settings) {
    const auto applied = applySampleOptions(sample, {setting});
    static_cast<void>(applied);
  }
  return sample;
}

}  // namespace likeness
