#include "app/cli/sample_arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "core/api/sample_grid.h"
#include "core/api/sample_options.h"
#include "core/api/sampler.h"
#include "core/base/text.h"

namespace likeness {
namespace {

std::string flagOf(const std::string& name) {
  auto flag = "--" + name;
  std::ranges::replace(flag, '_', '-');
  return flag;
}

std::string inOneLine(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

std::string defaultOf(const SampleOption& option) {
  const auto value = option.get({});
  if (value.is_string()) return value.get<std::string>();
  return value.is_number() ? value.dump() : std::string();
}

void addSetting(CLI::App& sub, SampleArguments& arguments, const SampleOption& option) {
  auto* added = sub.add_option(flagOf(option.name), arguments.given[option.name], option.summary)
                    ->type_name(option.value)
                    ->expected(1)
                    ->allow_extra_args(false);  // else CLI11 takes the brackets off "[V]"
  if (option.list) added->take_all();
  if (const auto value = defaultOf(option); !value.empty()) added->default_str(value);
}

Result<PictureFormat> formatOf(const std::string& name) {
  if (name == "png") return PictureFormat::Png;
  if (name == "jpeg" || name == "jpg") return PictureFormat::Jpeg;
  if (name == "webp") return PictureFormat::WebP;
  const auto nearest = nearestWord(name, {"png", "jpeg", "webp"});
  return Error{ErrorCode::InvalidArgument,
               "There is no picture format \"" + name + "\"." +
                   (nearest.empty() ? " Choose png, jpeg or webp." : " Did you mean " + nearest + "?")};
}

}  // namespace

void addSampleArguments(CLI::App& sub, SampleArguments& arguments, bool sheet) {
  auto& sample = arguments.sample;
  for (const auto& option : sampleOptions()) {
    if (!sheet || option.name != "prompt") addSetting(sub, arguments, option);
  }
  sub.add_option("--count", sample.count, "How many pictures")->check(CLI::Range(1, 10'000))->capture_default_str();
  sub.add_option("--out", sample.out, "The folder for the pictures")->required();
  sub.add_option("--format", arguments.format, "png, jpeg or webp")->capture_default_str();
  sub.add_option("--quality", sample.quality, "Of JPEG and WebP")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  sub.footer("Samplers: " + inOneLine(samplerNames()) + ".\nSchedules: " + inOneLine(sigmaScheduleNames()) +
             " (model: as the model's own scheduler file says).");
  if (sheet) return;
  sub.add_option("--recipe", sample.recipe, "A picture that is to be made again; other options change its recipe");
  sub.add_option("--grid", arguments.grid,
                 "Settings along x and y, for example \"seed=1-4; guidance=3,7\"; also replace=WORD,OTHER, lora-weight "
                 "and model");
  sub.add_option("--save-latents", sample.saveLatents, "Where to write the final latents");
  sub.add_flag("--compare", sample.compareWithBase, "Make each picture with the untrained model too");
}

Result<Sample> sampleOf(const SampleArguments& arguments) {
  auto sample = arguments.sample;
  LK_TRY(sample.format, formatOf(arguments.format));
  if (!arguments.grid.empty()) {
    LK_TRY(sample.grid, parseGrid(arguments.grid));
  }
  for (const auto& option : sampleOptions()) {
    const auto given = arguments.given.find(option.name);
    if (given == arguments.given.end()) continue;
    for (const auto& value : given->second) sample.settings.emplace_back(option.name, value);
  }
  auto plain = sample;
  LK_CHECK(applySampleOptions(plain, sample.settings));
  if (!sample.recipe.empty()) return sample;
  plain.settings.clear();
  LK_CHECK(checkSample(plain));
  if (!plain.grid.empty()) {
    LK_TRY(const auto cells, gridCells(plain));
    static_cast<void>(cells);
  }
  return plain;
}

}  // namespace likeness
