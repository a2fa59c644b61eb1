#include "core/batch/sweep_file.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/api/options.h"
#include "core/api/sample_options.h"
#include "core/project/yaml_file.h"
#include "core/project/yaml_reader.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr int kMostPictures = 32;

using Reader = YamlReader;

void checkOption(const Reader& reader, const std::string& option, const std::string& value) {
  TrainConfig scratch;
  if (const auto set = setTrainOption(scratch, option, value); !set.ok()) reader.refuse(set.error().message);
}

// Whole numbers are written without a point or an exponent.
bool isWhole(const std::string& text) { return text.find_first_of(".eE") == std::string::npos; }

SweepAxis rangeOf(const Reader& top, const YAML::Node& node, const fs::path& file, const std::string& option) {
  const Reader reader(node, file, "the range of " + option);
  reader.onlyKnows({"min", "max", "scale", "count"});
  if (!reader.has("min") || !reader.has("max")) top.refuse("the range of " + option + " lacks min or max.");
  SweepAxis axis;
  axis.option = option;
  checkOption(top, option, reader.text("min"));
  checkOption(top, option, reader.text("max"));
  constexpr double kHuge = 1e18;
  axis.low = reader.number<double>("min", 0, -kHuge, kHuge);
  axis.high = reader.number<double>("max", 0, -kHuge, kHuge);
  axis.whole = isWhole(reader.text("min")) && isWhole(reader.text("max"));
  axis.logarithmic = reader.word("scale", {"linear", "log"}) == "log";
  axis.count = reader.number<int>("count", 0, 2, 100);
  if (!(axis.low < axis.high)) top.refuse("the range of " + option + " is empty: its min must be below its max.");
  if (axis.logarithmic && axis.low <= 0) {
    top.refuse("the range of " + option + " can't have scale: log, because its min is not above 0.");
  }
  return axis;
}

SweepAxis axisOf(const Reader& top, const YAML::Node& node, const fs::path& file, const std::string& option) {
  if (node.IsMap()) return rangeOf(top, node, file, option);
  SweepAxis axis;
  axis.option = option;
  std::set<std::string> seen;
  for (const auto& item : node.IsSequence() ? node : YAML::Node(YAML::NodeType::Sequence)) {
    if (!item.IsScalar()) top.refuse("a value of " + option + " is not a single value.");
    checkOption(top, option, item.Scalar());
    if (!seen.insert(item.Scalar()).second) top.refuse(option + " has the value " + item.Scalar() + " twice.");
    axis.values.push_back(item.Scalar());
  }
  if (axis.values.empty()) {
    top.refuse(option + " has no values. Give a list, as [1, 2], or a range, as {min: 1, max: 9}.");
  }
  return axis;
}

void readAxes(const Reader& reader, const fs::path& file, SweepFile& sweep) {
  if (!reader.has("options")) reader.refuse("it says nothing to try. Give values or ranges under options.");
  if (!reader.at("options").IsMap()) reader.refuse("options is not a list of names and values.");
  for (const auto& entry : reader.at("options")) {
    const auto option = entry.first.Scalar();
    TrainConfig scratch;
    const auto known = std::ranges::any_of(trainOptions(), [&](const TrainOption& one) { return one.name == option; });
    if (!known) reader.refuse(setTrainOption(scratch, option, "").error().message);
    sweep.axes.push_back(axisOf(reader, entry.second, file, option));
    const auto& axis = sweep.axes.back();
    if (sweep.method == SweepMethod::Grid && axis.values.empty() && axis.count == 0) {
      reader.refuse("the range of " + option + " needs a count, how many values the grid has; or use method: random.");
    }
    if (sweep.method == SweepMethod::Random && axis.count > 0) {
      reader.refuse("the range of " + option + " has a count, which is for a grid. Leave it out with method: random.");
    }
  }
}

void readBase(const Reader& reader, const fs::path& file, SweepFile& sweep) {
  if (!reader.has("base")) return;
  if (!reader.at("base").IsMap()) reader.refuse("base is not a list of names and values.");
  sweep.base = trainOptionsOf(reader.at("base"), file).value();
  for (const auto& [option, value] : sweep.base) {
    checkOption(reader, option, value);
    for (const auto& axis : sweep.axes) {
      if (axis.option == option) reader.refuse(option + " stands under base and under options. Leave one of them out.");
    }
  }
}

void readHalving(const Reader& top, const fs::path& file, SweepFile& sweep) {
  if (!top.has("halving")) return;
  const Reader reader(top.at("halving"), file, "halving");
  reader.onlyKnows({"first", "factor"});
  SweepHalving halving;
  halving.first = reader.number<std::int64_t>("first", 0, 1, 1'000'000);
  halving.factor = reader.number<int>("factor", 2, 2, 16);
  if (halving.first == 0) top.refuse("halving lacks first, the steps after which the first runs are left.");
  for (const auto& axis : sweep.axes) {
    if (axis.option != "steps") continue;
    top.refuse("steps can't be tried with halving, which shares steps out. Give it under base.");
  }
  sweep.halving = halving;
}

void readSamples(const Reader& top, const fs::path& file, SweepFile& sweep) {
  if (!top.has("samples")) return;
  const Reader reader(top.at("samples"), file, "samples");
  reader.onlyKnows({"prompts", "seed", "count", "settings"});
  SweepSamples samples;
  samples.seed = reader.number<std::uint64_t>("seed", 0, 0, UINT64_MAX);
  samples.count = reader.number<int>("count", 1, 1, kMostPictures);
  if (reader.has("prompts") && reader.at("prompts").IsSequence()) {
    for (const auto& prompt : reader.at("prompts")) {
      if (!prompt.IsScalar()) top.refuse("a prompt of samples is not a text.");
      samples.prompts.push_back(prompt.Scalar());
    }
  }
  if (samples.prompts.empty()) top.refuse("samples has no prompts. Give a list of them, with [V] for the subject.");
  if (samples.count * static_cast<int>(samples.prompts.size()) > kMostPictures) {
    top.refuse("samples would be more than " + std::to_string(kMostPictures) + " pictures a run. Give fewer.");
  }
  if (reader.has("settings")) {
    if (!reader.at("settings").IsMap()) top.refuse("settings of samples is not a list of names and values.");
    samples.settings = trainOptionsOf(reader.at("settings"), file).value();
    for (const char* ours : {"prompt", "seed", "checkpoint"}) {
      if (std::ranges::any_of(samples.settings, [&](const auto& one) { return one.first == ours; })) {
        top.refuse(std::string("settings of samples can't have ") + ours + "; the sweep sets it.");
      }
    }
    Sample scratch;
    if (const auto applied = applySampleOptions(scratch, samples.settings); !applied.ok()) {
      top.refuse(applied.error().message);
    }
  }
  sweep.samples = std::move(samples);
}

void readVersion(const Reader& reader, const fs::path& file) {
  const auto version = reader.number<int>("version", kSweepVersion, 1, 1'000'000);
  if (version <= kSweepVersion) return;
  throw ErrorException({ErrorCode::NewerVersion,
                        file.string() + " was written for a newer version of Likeness. Update Likeness to use it.",
                        {},
                        file.string()});
}

SweepFile read(const YAML::Node& root, const fs::path& file) {
  const Reader reader(root, file, "a sweep");
  readVersion(reader, file);
  reader.onlyKnows({"version", "project", "method", "seed", "runs", "base", "options", "halving", "samples"});
  SweepFile sweep;
  const auto project = reader.text("project");
  if (project.empty()) reader.refuse("it names no project. Give project: FOLDER.");
  sweep.project = (fs::absolute(file).parent_path() / project).lexically_normal();
  sweep.method = reader.word("method", {"grid", "random"}) == "grid" ? SweepMethod::Grid : SweepMethod::Random;
  sweep.seed = reader.number<std::uint64_t>("seed", 0, 0, UINT64_MAX);
  sweep.runs = reader.number<int>("runs", 0, 1, 1000);
  if (sweep.method == SweepMethod::Random && sweep.runs == 0) {
    reader.refuse("method: random needs runs, how many to try.");
  }
  if (sweep.method == SweepMethod::Grid && sweep.runs > 0) {
    reader.refuse("runs is for method: random; a grid has as many as its values make.");
  }
  readAxes(reader, file, sweep);
  readBase(reader, file, sweep);
  readHalving(reader, file, sweep);
  readSamples(reader, file, sweep);
  return sweep;
}

}  // namespace

Result<SweepFile> parseSweepFile(const std::string& text, const fs::path& file) {
  LK_TRY(const auto root, parseYamlMapping(text, file));
  try {
    return read(root, file);
  } catch (const ErrorException& failure) {
    return failure.error();
  }
}

}  // namespace likeness
