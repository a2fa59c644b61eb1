#include "app/cli/command_line.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "app/cli/convert_arguments.h"
#include "app/cli/import_command.h"
#include "app/cli/queue_command.h"
#include "app/cli/sample_arguments.h"
#include "app/cli/sweep_command.h"
#include "app/cli/train_arguments.h"
#include "core/api/sample_options.h"
#include "core/base/text.h"
#include "core/engine/base_model.h"

namespace likeness {
namespace {

// What CLI11 fills in, for every subcommand.
struct Arguments {
  Command command;
  std::string project;
  std::optional<std::string> model;
  NewProject create;
  AddSubject addSubject;
  RemoveSubject removeSubject;
  MakePriors priors;
  std::optional<std::int64_t> priorCount;
  TrainArguments train;
  bool optionsAsMarkdown = false;
  SampleArguments sample;
  std::string checkpoint = "best";
  Export exporting;
  std::string exportFormat;
  ConvertArguments convert;
  Inspect inspect;
  Pretrain pretrain;
  SweepCommand sweep;
  QueueCommand queue;
  ImportCommand import;
};

CLI::Option* addProject(CLI::App* sub, Arguments& arguments, bool required = true) {
  auto* option = sub->add_option("PROJECT", arguments.project, "The project's folder");
  return required ? option->required() : option;
}

// `--model` may stand without a value: the embedded base.
void addModel(CLI::App* sub, Arguments& arguments) {
  sub->add_option("--model", arguments.model, "A model: a folder in diffusers layout, or one file; without a value the embedded base")
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
  sub->add_option("--preset", arguments.create.preset, "Training options to begin with: quick, balanced or full");
  addModel(sub, arguments);
}

void addAddSubject(CLI::App& app, Arguments& arguments) {
  auto* sub = app.add_subcommand("add-subject", "Teach a project one more subject");
  addProject(sub, arguments);
  auto& subject = arguments.addSubject;
  sub->add_option("--photos", subject.photos, "Picture files, or folders of them; 3 to 5 photos are best")
      ->required()
      ->expected(1, 10'000);
  sub->add_option("--class", subject.classNoun, "What the subject is, for example cat")->required();
  sub->add_option("--token", subject.token, "The rare word that will name it, unlike the others'")->required();
  sub->add_option("--weight", subject.weight, "How much it counts beside the others")->capture_default_str();
  sub->add_option("--repeats", subject.repeats, "How often it is shown while the others are shown once")
      ->capture_default_str();
  sub->add_option("--own-priors", subject.ownPriors, "A folder of class images; without it they are made");
}

void addRemoveSubject(CLI::App& app, Arguments& arguments) {
  auto* sub = app.add_subcommand("remove-subject", "Take a subject out of a project again");
  addProject(sub, arguments);
  sub->add_option("--token", arguments.removeSubject.token, "The word that names it")->required();
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

void addPlan(CLI::App& app, Arguments& arguments) {
  auto* sub = app.add_subcommand("plan", "Say what training would take: memory by part, and time");
  addProject(sub, arguments);
  addTrainOptions(*sub, arguments.train);
}

void addOptions(CLI::App& app, Arguments& arguments) {
  addOptionsArguments(*app.add_subcommand("options", "List the training options"), arguments.optionsAsMarkdown);
}

void addSample(CLI::App& app, Arguments& arguments) {
  auto* sub =
      app.add_subcommand("sample", "Make pictures of a prompt; [V] stands for the subject, [V2] for the second one");
  addProject(sub, arguments, false);
  addModel(sub, arguments);
  addSampleArguments(*sub, arguments.sample, false);
}

void addSheet(CLI::App& app, Arguments& arguments) {
  auto* sub = app.add_subcommand(
      "sheet", "Make a contact sheet: photos, and for each prompt pictures before and after training");
  addProject(sub, arguments);
  sub->add_option("--prompt", arguments.command.sheetPrompts, "A prompt; give as many as you like")
      ->required()
      ->take_all()
      ->allow_extra_args(false);  // else CLI11 takes the brackets off "[V]"
  addSampleArguments(*sub, arguments.sample, true);
}

void addExport(CLI::App& app, Arguments& arguments) {
  auto* sub = app.add_subcommand("export", "Write the trained model for other programs");
  addProject(sub, arguments);
  sub->add_option("--out", arguments.exporting.out, "A new folder, or a new .safetensors file")->required();
  addOutputOptions(*sub, arguments.exportFormat, arguments.exporting.dtype, "fp32");
  sub->get_option("--format")
      ->description("diffusers: a folder; single-file: one .safetensors in CompVis's names; lora-kohya and lora-peft: a "
                    "run's LoRA alone, without the model; embedding: the word that it learnt alone")
      ->check(CLI::IsMember({"diffusers", "single-file", "lora-kohya", "lora-peft", "embedding"}));
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

void addPretrain(CLI::App& app, Arguments& arguments) {
  auto* sub = app.add_subcommand("pretrain", "Train a small Stable Diffusion from nothing on captioned pictures");
  auto& pretrain = arguments.pretrain;
  sub->add_option("CONFIG", pretrain.config,
                  "A YAML file: pictures and their captions, the output folder, the model's sizes, and how VAE and UNet "
                  "learn; see docs/base-model.md")
      ->required();
  sub->add_flag("--resume", pretrain.resume, "Go on where the file's output folder has begun; ends with the same bits");
  sub->add_option("--stop-after", pretrain.stopAfter, "Rest with a checkpoint after so many steps of both stages together")
      ->check(CLI::PositiveNumber);
}

void addSweep(CLI::App& app, Arguments& arguments) {
  auto* sub = app.add_subcommand("sweep", "Try training options: a grid, at random, or by halving");
  addSweepArguments(*sub, arguments.sweep);
}

void addQueue(CLI::App& app, Arguments& arguments) {
  auto* sub = app.add_subcommand("queue", "Jobs that run one after the other and survive a restart");
  addQueueArguments(*sub, arguments.queue);
}

void addImport(CLI::App& app, Arguments& arguments) {
  auto* sub = app.add_subcommand("import", "Take over the training options of sd-scripts or OneTrainer");
  addImportArguments(*sub, arguments.import);
}

void addPresets(CLI::App& app, Arguments&) {
  app.add_subcommand("presets", "Show what quick, balanced and full mean for each kind of model, and where it is from");
}

void describeAll(CLI::App& app, Arguments& arguments) {
  auto& command = arguments.command;
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("likeness-cli ") + LIKENESS_VERSION);
  app.add_flag("--json", command.json, "Print one JSON event a line");
  app.add_option("--threads", command.threads, "Threads for computing; 0: one a core")->check(CLI::Range(0, 1024));
  app.add_option("--log-level", command.logLevel, "What the log says on standard error")
      ->check(CLI::IsMember({"trace", "debug", "info", "warn", "error", "off"}))
      ->capture_default_str();
  for (auto* add : {addNew, addAddSubject, addRemoveSubject, addPriors, addTrain, addPlan, addOptions, addSample,
                    addSheet, addExport, addConvert, addInspect, addPretrain, addSweep, addQueue, addImport, addPresets}) {
    add(app, arguments);
  }
  for (auto* sub : app.get_subcommands({})) sub->fallthrough();
}

Error usage(const std::string& sentence) { return {ErrorCode::InvalidArgument, sentence}; }

Result<JobSpec> sampleJob(Arguments& arguments, bool sheet) {
  auto& given = arguments.sample;
  const bool recipe = !given.sample.recipe.empty();
  if (!arguments.project.empty() && arguments.model) {
    return usage("Give either a project or --model to make pictures with, not both.");
  }
  if (!sheet && !recipe && arguments.project.empty() && !arguments.model) {
    return usage("Give either a project or --model to make pictures with.");
  }
  if (!sheet && !recipe && given.given["prompt"].empty()) return usage("Say what the picture shows with --prompt.");
  given.sample.project = arguments.project;
  given.sample.model = arguments.model.value_or("");
  if (recipe && arguments.model && arguments.model->empty()) {
    LK_TRY(given.sample.model, findBaseModel());  // in place of the recipe's
  }
  LK_TRY(auto sample, sampleOf(given));
  return JobSpec(std::move(sample));
}

Result<void> readCheckpoint(const std::string& text, Export& exporting) {
  Sample scratch;
  LK_CHECK(applySampleOptions(scratch, {{"checkpoint", text}}));
  exporting.weights = scratch.weights;
  exporting.checkpointStep = scratch.checkpointStep;
  return {};
}

Result<JobSpec> jobOf(const std::string& name, Arguments& arguments) {
  if (name == "new") {
    arguments.create.project = arguments.project;
    arguments.create.model = arguments.model.value_or("");
    return JobSpec(arguments.create);
  }
  if (name == "add-subject") {
    arguments.addSubject.project = arguments.project;
    return JobSpec(arguments.addSubject);
  }
  if (name == "remove-subject") {
    arguments.removeSubject.project = arguments.project;
    return JobSpec(arguments.removeSubject);
  }
  if (name == "priors") {
    arguments.priors.project = arguments.project;
    arguments.priors.count = arguments.priorCount;
    return JobSpec(arguments.priors);
  }
  if (name == "train") {
    LK_TRY(auto overrides, trainOverrides(arguments.train));
    Train train{arguments.project, std::move(overrides), arguments.train.resume};
    train.preset = arguments.train.preset;
    return JobSpec(std::move(train));
  }
  if (name == "plan") {
    LK_TRY(auto overrides, trainOverrides(arguments.train));
    return JobSpec(PlanTraining{arguments.project, std::move(overrides), arguments.train.preset});
  }
  if (name == "sample" || name == "sheet") return sampleJob(arguments, name == "sheet");
  if (name == "export") {
    arguments.exporting.project = arguments.project;
    LK_CHECK(readCheckpoint(arguments.checkpoint, arguments.exporting));
    arguments.exporting.format = modelFormat(arguments.exportFormat);
    if (arguments.exportFormat == "lora-kohya") arguments.exporting.lora = LoraFormat::Kohya;
    if (arguments.exportFormat == "lora-peft") arguments.exporting.lora = LoraFormat::Peft;
    arguments.exporting.embedding = arguments.exportFormat == "embedding";
    return JobSpec(arguments.exporting);
  }
  if (name == "convert") {
    LK_TRY(auto convert, convertOf(arguments.convert));
    return JobSpec(std::move(convert));
  }
  if (name == "pretrain") return JobSpec(arguments.pretrain);
  return JobSpec(arguments.inspect);
}

// Those that are no job of the engine; false for the others.
bool takeOther(const std::string& name, Arguments& arguments) {
  auto& command = arguments.command;
  if (name == "sweep") command.sweep = arguments.sweep;
  if (name == "queue") command.queue = arguments.queue;
  if (name == "import") command.import = arguments.import;
  if (name == "presets") command.presets = true;
  return command.sweep || command.queue || command.import || command.presets;
}

// `queue add` is followed by a whole command line of its own, which is parsed when its turn comes: answers with how many
// arguments stand before it.
int lengthBeforeQueued(int argc, const char* const* argv) {
  bool queue = false, add = false;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (add && canBeQueued(word) && std::string(argv[i - 1]) != "--file") return i;
    if (queue && word == "add") add = true;
    if (word == "queue") queue = true;
    if (!queue && canBeQueued(word)) break;  // another command
  }
  return argc;
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
  const auto* owner = used == nullptr ? &app : used;  // of what may stand next: a command, or one of the queue's
  const bool commands = !owner->get_subcommands({}).empty() && owner->get_subcommands().empty();
  if (commands) {
    for (const auto* sub : owner->get_subcommands({})) names.push_back(sub->get_name());
  }
  for (int i = 1; i < argc; ++i) {
    const std::string given = std::string(argv[i]).substr(0, std::string(argv[i]).find('='));
    const bool candidate = given.starts_with("--") || (commands && !given.starts_with("-"));
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
  describeAll(app, arguments);
  const int own = lengthBeforeQueued(argc, argv);
  arguments.queue.queued.assign(argv + own, argv + argc);
  argc = own;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return {{}, printUsage(app, error, argc, argv)};
  }
  const auto name = app.get_subcommands().front()->get_name();
  if (name == "options") {
    std::cout << optionsText(arguments.optionsAsMarkdown);
    return {{}, 0};
  }
  if (takeOther(name, arguments)) return {std::move(arguments.command), 0};
  auto job = jobOf(name, arguments);
  if (!job.ok()) {
    std::cerr << "likeness-cli: " << job.error().message << '\n';
    return {{}, 2};
  }
  arguments.command.job = std::move(job).value();
  return {std::move(arguments.command), 0};
}

}  // namespace likeness
