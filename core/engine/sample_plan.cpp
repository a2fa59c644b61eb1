#include "core/engine/sample_plan.h"

#include "core/base/text.h"
#include "core/data/picture_file.h"
#include "core/engine/base_model.h"
#include "core/engine/failure.h"
#include "core/engine/job_list.h"
#include "core/project/project_subjects.h"
#include "core/text/prompt.h"
#include "core/train/checkpoint.h"
#include "core/weights/open_weights.h"
#include "core/weights/safetensors.h"
#include "core/weights/textual_inversion.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

void checkText(const std::string& text, const char* what) {
  if (!isValidUtf8(text)) refuse(std::string("The ") + what + " is not valid UTF-8 text. Type it again.");
}

// A recipe must say where its files lie, from wherever it is read.
void makeAbsolute(Sample& sample) {
  const auto absolute = [](fs::path& path) {
    if (!path.empty()) path = fs::absolute(path).lexically_normal();
  };
  for (auto& lora : sample.loras) absolute(lora.path);
  for (auto& embedding : sample.embeddings) absolute(embedding);
  for (auto* path : {&sample.project, &sample.model, &sample.vae, &sample.from, &sample.mask, &sample.initNoise}) {
    absolute(*path);
  }
}

torch::Tensor readInitialLatents(const fs::path& file) {
  const auto opened = SafetensorsFile::open(file).value();
  if (!opened.has("latents")) {
    refuse(file.string() + " has no tensor named latents. Save the starting latents under that name.", file);
  }
  const auto latents = opened.tensor("latents");
  if (latents.dim() != 4 || !latents.is_floating_point()) {
    refuse("The latents in " + file.string() +
               " are not pictures × channels × height × width. Save them as [N, C, h, w].",
           file);
  }
  return latents.to(torch::kFloat32).contiguous();
}

void chooseWeights(SamplePlan& plan, const JobContext& context) {
  const auto& sample = plan.sample;
  if (!sample.checkpoint.empty()) {
    CheckpointInfo checkpoint;
    checkpoint.step = sample.checkpointStep;
    checkpoint.folder = sample.checkpoint;
    plan.checkpoint = checkpoint;
    return;
  }
  if (!plan.project || sample.weights == WhichWeights::Base) return;
  auto checkpoint = chooseCheckpoint(plan.project->folder(), sample.weights, sample.checkpointStep);
  if (checkpoint.ok()) {
    plan.checkpoint = std::move(checkpoint).value();
  } else if (sample.weights == WhichWeights::Best) {
    context.warn(
        "not_trained",
        "The project is not trained yet, so the pictures come from its base model. Train it first to see the subject.");
  } else {
    throw ErrorException(checkpoint.error());
  }
}

// A word with vectors of its own is called as its run called it, whatever the project's token is by now.
void useTokenOfRun(SamplePlan& plan) {
  if (!plan.checkpoint) return;
  const auto state = readCheckpointState(plan.checkpoint->folder);
  if (state.ok() && !state->token.empty()) plan.tokens = {state->token};  // such a run has one subject
}

void chooseModel(const ResolvedSample& resolved, SamplePlan& plan, const JobContext& context) {
  auto& sample = plan.sample;
  if (!resolved.tokens.empty()) plan.tokens = resolved.tokens;
  if (!sample.project.empty()) {
    plan.project = Project::open(sample.project).value();
    plan.tokens = subjectTokens(plan.project->content());
  }
  if (!plan.project || sample.model.empty()) {
    plan.model = modelPath(plan.project ? plan.project->content().model : sample.model).value();
  }
  chooseWeights(plan, context);
  useTokenOfRun(plan);
  plan.identity = modelIdentity(plan.model).value();
  compareFiles(resolved, plan.model, plan.identity, context);
}

torch::ScalarType scalarTypeOf(const std::string& dtype) {
  if (dtype == "fp32") return torch::kFloat32;
  return dtype == "fp16" ? torch::kHalf : torch::kBFloat16;
}

ImagePtr readSource(const fs::path& file) { return std::make_shared<const Image>(readPicture(file).value()); }

void fillOptions(SamplePlan& plan) {
  const auto& sample = plan.sample;
  auto& options = plan.options;
  if (plan.project) {
    for (const auto& prompt : {sample.prompt, sample.negative}) checkSubjectMarks(prompt, plan.tokens.size()).value();
  }
  options.prompts = {resolvePrompt(sample.prompt, plan.tokens)};
  options.negative = resolvePrompt(sample.negative, plan.tokens);
  options.promptOptions.clipSkip = sample.clipSkip;
  for (const auto& file : sample.embeddings) {
    const auto opened = openWeightsFile(file).value();
    options.promptOptions.embeddings.push_back(readTextualInversion(*opened).value());
  }
  options.sampler = parseSampler(sample.sampler).value();
  options.schedule = parseSigmaSchedule(sample.schedule).value();
  options.steps = sample.steps;
  options.guidance = sample.guidance;
  options.guidanceRescale = sample.guidanceRescale;
  options.eta = sample.eta;
  options.width = sample.width;
  options.height = sample.height;
  options.computeIn = scalarTypeOf(sample.dtype);
  options.count = sample.batch ? sample.batch->count : sample.count;
  options.batchSize = sample.batch ? sample.batch->count : 0;
  options.seeds = {sample.batch ? sample.batch->seed : sample.seed};
  options.vaeTiles = sample.vaeTiles == "always"  ? VaeTiles::Always
                     : sample.vaeTiles == "never" ? VaeTiles::Never
                                                  : VaeTiles::Auto;
}

void fillSource(SamplePlan& plan) {
  const auto& sample = plan.sample;
  auto& options = plan.options;
  if (!sample.from.empty()) options.source.picture = readSource(sample.from);
  options.source.strength = sample.strength;
  if (!sample.mask.empty()) {
    options.source.mask = readSource(sample.mask);
    options.source.maskBlur = sample.maskBlur;
  }
  options.hires.scale = sample.hiresScale;
  options.hires.steps = sample.hiresSteps;
  options.hires.strength = sample.hiresStrength;
  options.hires.upscale =
      sample.hiresUpscale == "lanczos" ? HiresOptions::Upscale::Lanczos : HiresOptions::Upscale::Latent;
  if (!sample.initNoise.empty()) {
    options.initialLatents = readInitialLatents(sample.initNoise);
    options.count = 0;
  }
}

}  // namespace

SamplePlan planSample(const ResolvedSample& resolved, const JobContext& context) {
  SamplePlan plan;
  plan.sample = resolved.sample;
  plan.tokens = {ProjectFile().token};
  checkText(plan.sample.prompt, "prompt");
  checkText(plan.sample.negative, "negative prompt");
  makeAbsolute(plan.sample);
  chooseModel(resolved, plan, context);
  plan.out = !plan.sample.out.empty() || !plan.project ? plan.sample.out : plan.project->picturesFolder();
  if (plan.out.empty()) refuse("No folder for the pictures was given. Name one.");
  fillOptions(plan);
  fillSource(plan);
  return plan;
}

SamplePlan planOfBase(SamplePlan plan) {
  plan.checkpoint.reset();
  return plan;
}

PictureOrigin originOf(const SamplePlan& plan, std::uint64_t seed, const SampleBatch& batch, int width, int height) {
  return {plan.sample,
          plan.options.prompts.front(),
          plan.options.negative,
          plan.tokens,
          plan.project ? plan.project->folder() : fs::path(),
          plan.model,
          plan.identity,
          plan.checkpoint,
          seed,
          batch,
          width,
          height};
}

}  // namespace likeness
