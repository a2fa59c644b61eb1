#include "core/base/text.h"
#include "core/data/picture_file.h"
#include "core/engine/base_model.h"
#include "core/engine/job_list.h"
#include "core/engine/picture_recipe.h"
#include "core/sample/text_to_image.h"
#include "core/text/prompt.h"
#include "core/weights/safetensors.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

// What a Sample job works with, found out before anything is computed or written.
struct Plan {
  std::optional<Project> project;
  fs::path model;
  std::optional<CheckpointInfo> checkpoint;
  std::string token = ProjectFile().token;
  fs::path out;
  GenerateOptions options;
};

void checkText(const std::string& text, const char* what) {
  if (isValidUtf8(text)) return;
  throw ErrorException(
      {ErrorCode::InvalidArgument, std::string("The ") + what + " is not valid UTF-8 text. Type it again."});
}

torch::Tensor readInitialLatents(const fs::path& file) {
  const auto opened = SafetensorsFile::open(file).value();
  if (!opened.has("latents")) {
    throw ErrorException({ErrorCode::InvalidArgument,
                          file.string() + " has no tensor named latents. Save the starting latents under that name.",
                          {},
                          file.string()});
  }
  const auto latents = opened.tensor("latents");
  if (latents.dim() != 4 || !latents.is_floating_point()) {
    throw ErrorException({ErrorCode::InvalidArgument,
                          "The latents in " + file.string() +
                              " are not pictures × channels × height × width. Save them as [N, C, h, w].",
                          {},
                          file.string()});
  }
  return latents.to(torch::kFloat32).contiguous();
}

void chooseModel(const Sample& spec, JobContext& context, Plan& plan) {
  if (spec.project.empty()) {
    plan.model = modelFolder(spec.model).value();
    return;
  }
  plan.project = Project::open(spec.project).value();
  plan.model = modelFolder(plan.project->content().model).value();
  plan.token = plan.project->content().token;
  if (spec.weights == WhichWeights::Base) return;
  auto checkpoint = chooseCheckpoint(plan.project->folder(), spec.weights, spec.checkpointStep);
  if (checkpoint.ok()) {
    plan.checkpoint = std::move(checkpoint).value();
  } else if (spec.weights == WhichWeights::Best) {
    context.warn(
        "not_trained",
        "The project is not trained yet, so the pictures come from its base model. Train it first to see the subject.");
  } else {
    throw ErrorException(checkpoint.error());
  }
}

Plan makePlan(const Sample& spec, JobContext& context) {
  Plan plan;
  checkText(spec.prompt, "prompt");
  checkText(spec.negative, "negative prompt");
  plan.options.sampler = parseSampler(spec.sampler).value();
  plan.options.schedule = parseSigmaSchedule(spec.schedule).value();
  chooseModel(spec, context, plan);
  plan.out = !spec.out.empty() || !plan.project ? spec.out : plan.project->picturesFolder();
  if (plan.out.empty())
    throw ErrorException({ErrorCode::InvalidArgument, "No folder for the pictures was given. Name one."});
  auto& options = plan.options;
  options.prompts = {resolvePrompt(spec.prompt, plan.token)};
  options.count = spec.count;
  options.negative = resolvePrompt(spec.negative, plan.token);
  options.steps = spec.steps;
  options.guidance = spec.guidance;
  options.guidanceRescale = spec.guidanceRescale;
  options.width = spec.width;
  options.height = spec.height;
  options.seeds = {spec.seed};
  if (!spec.initNoise.empty()) {
    options.initialLatents = readInitialLatents(spec.initNoise);
    options.count = 0;
  }
  return plan;
}

// A prompt somewhat too long is cut with a warning; one far beyond what the model reads is surely a mistake.
void checkPrompts(const StableDiffusion& model, const GenerateOptions& options, JobContext& context) {
  constexpr std::size_t kMostLengths = 10;
  for (const auto& prompt : {options.prompts.front(), options.negative}) {
    const auto checked = checkPrompt(model.tokenizer, prompt).value();
    if (checked.tokens > kMostLengths * model.tokenizer.maxLength()) {
      throw ErrorException({ErrorCode::InvalidArgument, "The prompt has " + std::to_string(checked.tokens) +
                                                            " tokens and the model reads only " +
                                                            std::to_string(model.tokenizer.maxLength() - 2) +
                                                            ". Shorten it to the words that matter."});
    }
    if (!checked.warning.empty()) context.warn("prompt_truncated", checked.warning);
  }
}

// Generates one set of pictures and writes each as soon as it is there.
class Series {
 public:
  Series(const Sample& spec, const Plan& plan, JobContext& context, bool base, std::int64_t before, std::int64_t total)
      : m_spec(spec), m_plan(plan), m_context(context), m_base(base), m_before(before), m_total(total) {}

  Generated make(const StableDiffusion& model, ProgressMeter& meter) {
    GenerateCallbacks callbacks;
    callbacks.onStep = [&](std::int64_t first, std::int64_t count, std::int64_t done, std::int64_t total) {
      m_context.events.pictureProgress({static_cast<int>(first), static_cast<int>(done), static_cast<int>(total)});
      m_perPicture = total;
      meter.report(std::min(m_total, m_before + first * total + count * done));
    };
    callbacks.onImage = [&](std::int64_t index, const ImagePtr& image) { write(model, index, image); };
    return generate(model, m_plan.options, m_context.control, callbacks);
  }
  [[nodiscard]] const std::vector<fs::path>& made() const { return m_made; }

 private:
  void write(const StableDiffusion& model, std::int64_t index, const ImagePtr& image) {
    const auto seed = m_spec.seed + static_cast<std::uint64_t>(index);
    const auto recipe = pictureRecipe({m_spec, m_plan.options, m_plan.token, model.path,
                                       m_base ? std::nullopt : m_plan.checkpoint, seed, image->width, image->height});
    const auto name = pictureName(m_plan.options.prompts.front(), seed, m_base);
    const auto file = writePicture(m_plan.out / name, *image, recipe).value();
    m_made.push_back(file);
    m_context.events.send(PictureReady{{file, recipe.full.dump()}, static_cast<int>(index), m_base, seed, image});
  }

  const Sample& m_spec;
  const Plan& m_plan;
  JobContext& m_context;
  bool m_base;
  std::int64_t m_before, m_total, m_perPicture = 0;
  std::vector<fs::path> m_made;
};

}  // namespace

Finished runJob(const Sample& spec, JobContext& context, Studio& studio) {
  auto plan = makePlan(spec, context);
  context.events.progress(Progress{"Opening the model", 0, 1});
  const auto model = plan.checkpoint
                         ? studio.models.trained(plan.model, plan.checkpoint->folder, context.control).value()
                         : studio.models.base(plan.model, context.control).value();
  if (const auto& latents = plan.options.initialLatents; latents.defined()) {
    if (spec.width == 0) plan.options.width = static_cast<int>(latents.size(3)) * model.vaeFactor();
    if (spec.height == 0) plan.options.height = static_cast<int>(latents.size(2)) * model.vaeFactor();
  }
  checkGenerateOptions(model, plan.options).value();
  checkPrompts(model, plan.options, context);
  const auto advice = samplerAdvice(plan.options.sampler, model.schedule, samplerOptions(plan.options));
  if (!advice.empty()) context.warn("schedule", advice);
  makeFolder(plan.out).value();
  const bool pairs = spec.compareWithBase && plan.checkpoint.has_value();
  const auto pictures =
      plan.options.initialLatents.defined() ? plan.options.initialLatents.size(0) : plan.options.count;
  const auto each = pictures * modelEvaluations(plan.options.sampler, model.schedule, samplerOptions(plan.options));
  const auto total = pairs ? 2 * each : each;
  ProgressMeter meter(context.events, "Making pictures", total);
  std::vector<fs::path> made;
  if (pairs) {
    Series before(spec, plan, context, true, 0, total);
    static_cast<void>(before.make(studio.models.base(plan.model, context.control).value(), meter));
    made = before.made();
  }
  Series series(spec, plan, context, false, total - each, total);
  const auto generated = series.make(model, meter);
  made.insert(made.end(), series.made().begin(), series.made().end());
  if (!spec.saveLatents.empty()) {
    writeSafetensors(spec.saveLatents, {{"latents", generated.latents}}).value();
    made.push_back(spec.saveLatents);
  }
  if (plan.project) sendProject(*plan.project, context, studio);
  return succeeded("Made " + std::to_string(made.size() - (spec.saveLatents.empty() ? 0 : 1)) + " pictures in " +
                       plan.out.string() + ".",
                   made);
}

}  // namespace likeness
