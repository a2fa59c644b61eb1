#include "app/cli/command_line.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <iostream>
#include <memory>

#include "app/cli/convert_arguments.h"
#include "app/cli/train_arguments.h"
#include "core/base/text.h"
#include "core/engine/jobs.h"

namespace likeness {
namespace {

// What CLI11 fills in, for every subcommand.
struct Arguments {
  Command command;
  std::string project;
  std::optional<std::string> model;
  NewProject create;
  MakePriors priors;
  std::optional<std::int64_t> priorCount;
  TrainArguments train;
  Sample sample;
  std::string size, checkpoint = "best";
  Export exporting;
  std::string exportFormat;
  ConvertArguments convert;
  Inspect inspect;
};

CLI::Option* addProject(CLI::App* sub, Arguments& arguments, bool required = true) {
  auto* option = sub->add_option("PROJECT", arguments.project, "The project's folder");
  return required ? option->required() : option;
}

// `--model` may stand without a value: the embedded base.
void addModel(CLI::App* sub, Arguments& arguments) {
  sub->add_option("--model", arguments.model, "A model's folder in diffusers layout; without a value the embedded base")
      ->expected(0, 1)
      ->default_str("");
}

void addNew(CLI::App& app, Arguments& arguments) {
  auto* sub = app.add_subcommand("new", "Make a project of some photos of one subject");
  addProject(sub, arguments);
  sub->add_option("--photos", arguments.create.photos, "Picture files, or folders of them; 3 to 5 photos are best")
      ->required()
      ->expected(1, 10'000);
  sub->add_option("--class", arguments.create.classNoun, "What the subject is, for example dog")->required();
  sub->add_option("--token", arguments.create.token, "The rare word that will name the subject")->capture_default_str();
  addModel(sub, arguments);
}

void addPriors(CLI::App& app, Arguments& arguments) {
  auto* sub = app.add_subcommand("priors", "Make the missing class images");
  addProject(sub, arguments);
  sub->add_option("--count", arguments.priorCount, "How many there should be; kept with the project")
      ->check(CLI::Range(0, 10'000));
  sub->add_flag("--replace-rejected", arguments.priors.replaceRejected, "Make new ones for those marked as rejected");
}

void addTrain(CLI::App& app, Arguments& arguments) {
  auto* sub =
      app.add_subcommand("train", "Teach the model the subject; makes class images first where they are missing");
  addProject(sub, arguments);
  addTrainArguments(*sub, arguments.train);
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

void addPictureOptions(CLI::App* sub, Arguments& arguments) {
  auto& sample = arguments.sample;
  sub->add_option("--negative", sample.negative, "What should not be in the picture");
  sub->add_option("--sampler", sample.sampler, "How noise becomes a picture: " + listed(samplerNames()))
      ->capture_default_str();
  sub->add_option("--schedule", sample.schedule, "The noise levels of the steps: " + listed(sigmaScheduleNames()))
      ->capture_default_str();
  sub->add_option("--steps", sample.steps, "Denoising steps")->check(CLI::Range(1, 1000))->capture_default_str();
  sub->add_option("--guidance", sample.guidance, "How closely to follow the prompt; 1: not guided")
      ->check(CLI::Range(0.0, 100.0))
      ->capture_default_str();
  sub->add_option("--guidance-rescale", sample.guidanceRescale, "Takes guidance's overexposure back; 0.7 is much")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  sub->add_option("--seed", sample.seed, "Picture k has seed + k")->capture_default_str();
  sub->add_option("--count", sample.count, "How many pictures")->check(CLI::Range(1, 10'000))->capture_default_str();
  sub->add_option("--size", arguments.size, "WxH in pixels; without it the model's own");
  sub->add_option("--checkpoint", arguments.checkpoint, "A step, best, last, or base for the untrained model")
      ->capture_default_str();
  sub->add_option("--out", sample.out, "The folder for the pictures")->required();
}

void addSample(CLI::App& app, Arguments& arguments) {
  auto* sub = app.add_subcommand("sample", "Make pictures of a prompt; [V] stands for the subject");
  auto& sample = arguments.sample;
  addProject(sub, arguments, false);
  addModel(sub, arguments);
  sub->add_option("--prompt", sample.prompt, "What the picture shows")->required();
  addPictureOptions(sub, arguments);
  sub->add_option("--init-noise", sample.initNoise, "First latents: a safetensors file with `latents` [N,C,h,w]");
  sub->add_option("--save-latents", sample.saveLatents, "Where to write the final latents");
  sub->add_flag("--compare", sample.compareWithBase, "Make each picture with the untrained model too");
}

void addSheet(CLI::App& app, Arguments& arguments) {
  auto* sub = app.add_subcommand(
      "sheet", "Make a contact sheet: photos, and for each prompt pictures before and after training");
  addProject(sub, arguments);
  sub->add_option("--prompt", arguments.command.sheetPrompts, "A prompt; give as many as you like")
      ->required()
      ->take_all();
  addPictureOptions(sub, arguments);
}

void addExport(CLI::App& app, Arguments& arguments) {
  auto* sub = app.add_subcommand("export", "Write the trained model for other programs");
  addProject(sub, arguments);
  sub->add_option("--out", arguments.exporting.out, "A new folder, or a new .safetensors file")->required();
  addOutputOptions(*sub, arguments.exportFormat, arguments.exporting.dtype, "fp32");
  sub->add_option("--checkpoint", arguments.checkpoint, "A step, best or last")->capture_default_str();
}

void addConvert(CLI::App& app, Arguments& arguments) {
  auto* sub = app.add_subcommand("convert", "Write a model in another layout or dtype, or with another part");
  addConvertArguments(*sub, arguments.convert);
}

void addInspect(CLI::App& app, Arguments& arguments) {
  auto* sub = app.add_subcommand("inspect", "Say what a model, checkpoint, project, file of weights or picture is");
  sub->add_option("PATH", arguments.inspect.path, "What to look at")->required();
  sub->add_flag("--identity", arguments.inspect.identity, "Also name a model folder's content by a hash; reads all of it");
}

void describe(CLI::App& app, Arguments& arguments) {
  auto& command = arguments.command;
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("likeness-cli ") + LIKENESS_VERSION);
  app.add_flag("--json", command.json, "Print one JSON event a line");
  app.add_option("--threads", command.threads, "Threads for computing; 0: one a core")->check(CLI::Range(0, 1024));
  app.add_option("--log-level", command.logLevel, "What the log says on standard error")
      ->check(CLI::IsMember({"trace", "debug", "info", "warn", "error", "off"}))
      ->capture_default_str();
  for (auto* add : {addNew, addPriors, addTrain, addSample, addSheet, addExport, addConvert, addInspect}) add(app, arguments);
  for (auto* sub : app.get_subcommands({})) sub->fallthrough();
}

Error usage(const std::string& sentence) { return {ErrorCode::InvalidArgument, sentence}; }

template <typename Number>
bool parseWhole(const std::string& text, Number& number) {
  const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failure == std::errc() && rest == text.data() + text.size();
}

Result<void> readSize(const std::string& text, Sample& sample) {
  if (text.empty()) return {};
  const auto cross = text.find_first_of("xX");
  const auto height = cross == std::string::npos ? text : text.substr(cross + 1);
  if (parseWhole(text.substr(0, cross), sample.width) && parseWhole(height, sample.height) && sample.width > 0 &&
      sample.height > 0)
    return {};
  return usage("\"" + text + "\" is not a size. Give width and height in pixels, for example 128x128.");
}

Result<void> readCheckpoint(const std::string& text, WhichWeights& weights, std::int64_t& step) {
  if (text == "best") return weights = WhichWeights::Best, Result<void>();
  if (text == "last") return weights = WhichWeights::Last, Result<void>();
  if (text == "base") return weights = WhichWeights::Base, Result<void>();
  weights = WhichWeights::Step;
  if (parseWhole(text, step) && step >= 0) return {};
  return usage("\"" + text + "\" is not a checkpoint. Give a step, best, last or base.");
}

Result<JobSpec> sampleJob(Arguments& arguments, bool sheet) {
  auto& sample = arguments.sample;
  if (!sheet && arguments.project.empty() == !arguments.model.has_value()) {
    return usage("Give either a project or --model to make pictures with.");
  }
  sample.project = arguments.project;
  sample.model = arguments.model.value_or("");
  LK_TRY([[maybe_unused]] const auto sampler, parseSampler(sample.sampler));
  LK_TRY([[maybe_unused]] const auto schedule, parseSigmaSchedule(sample.schedule));
  LK_CHECK(readSize(arguments.size, sample));
  LK_CHECK(readCheckpoint(arguments.checkpoint, sample.weights, sample.checkpointStep));
  return JobSpec(sample);
}

Result<JobSpec> jobOf(const std::string& name, Arguments& arguments) {
  if (name == "new") {
    arguments.create.project = arguments.project;
    arguments.create.model = arguments.model.value_or("");
    return JobSpec(arguments.create);
  }
  if (name == "priors") {
    arguments.priors.project = arguments.project;
    arguments.priors.count = arguments.priorCount;
    return JobSpec(arguments.priors);
  }
  if (name == "train") {
    LK_TRY(auto overrides, trainOverrides(arguments.train));
    return JobSpec(Train{arguments.project, std::move(overrides), arguments.train.resume});
  }
  if (name == "sample" || name == "sheet") return sampleJob(arguments, name == "sheet");
  if (name == "export") {
    arguments.exporting.project = arguments.project;
    LK_CHECK(readCheckpoint(arguments.checkpoint, arguments.exporting.weights, arguments.exporting.checkpointStep));
    arguments.exporting.format = modelFormat(arguments.exportFormat);
    return JobSpec(arguments.exporting);
  }
  if (name == "convert") {
    LK_TRY(auto convert, convertOf(arguments.convert));
    return JobSpec(std::move(convert));
  }
  return JobSpec(arguments.inspect);
}

// What an unknown option or subcommand was probably meant to be.
std::string suggestion(const CLI::App& app, int argc, const char* const* argv) {
  std::vector<std::string> names;
  const CLI::App* used = app.get_subcommands().empty() ? nullptr : app.get_subcommands().front();
  for (const auto* owner : {&app, used}) {
    if (owner == nullptr) continue;
    for (const auto* option : owner->get_options()) {
      for (const auto& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  if (used == nullptr) {
    for (const auto* sub : app.get_subcommands({})) names.push_back(sub->get_name());
  }
  for (int i = 1; i < argc; ++i) {
    const std::string given = std::string(argv[i]).substr(0, std::string(argv[i]).find('='));
    const bool candidate = given.starts_with("--") || (used == nullptr && !given.starts_with("-"));
    if (!candidate || std::find(names.begin(), names.end(), given) != names.end()) continue;
    if (const auto nearest = nearestWord(given, names); !nearest.empty()) return " Did you mean " + nearest + "?";
  }
  return " See likeness-cli --help.";
}

int printUsage(const CLI::App& app, const CLI::ParseError& error, int argc, const char* const* argv) {
  constexpr int kWrongUsage = 2;
  if (error.get_exit_code() == 0) return app.exit(error);
  std::string sentence = error.what();
  if (!sentence.empty() && sentence.back() != '.') sentence += '.';
  std::cerr << "likeness-cli: " << sentence << suggestion(app, argc, argv) << '\n';
  return kWrongUsage;
}

}  // namespace

ParsedCommandLine parseCommandLine(int argc, const char* const* argv) {
  CLI::App app("Likeness teaches Stable Diffusion one subject from a few photos and makes pictures of it.",
               "likeness-cli");
  Arguments arguments;
  describe(app, arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return {{}, printUsage(app, error, argc, argv)};
  }
  auto job = jobOf(app.get_subcommands().front()->get_name(), arguments);
  if (!job.ok()) {
    std::cerr << "likeness-cli: " << job.error().message << '\n';
    return {{}, 2};
  }
  arguments.command.job = std::move(job).value();
  return {std::move(arguments.command), 0};
}

}  // namespace likeness
