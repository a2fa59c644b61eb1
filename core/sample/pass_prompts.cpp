#include "core/sample/pass_prompts.h"

#include <algorithm>

#include "core/sample/generate_passes.h"

namespace likeness {
namespace {

// The web UI counts a prompt's steps in evaluations: two a step for samplers that take two, although their last step
// takes one, and one for PLMS, although its first step takes two.
SamplingSteps countedSteps(const StableDiffusion& model, Sampler sampler, const SamplerOptions& sampling) {
  const auto evaluations = modelEvaluations(sampler, model.schedule, sampling);
  switch (sampler) {
    case Sampler::Heun:
    case Sampler::Dpm2:
    case Sampler::Dpm2Ancestral:
    case Sampler::Dpmpp2sAncestral:
      return {evaluations, evaluations + 1};
    case Sampler::Plms:
      return {evaluations, std::max<std::int64_t>(1, evaluations - 1)};
    default:
      return {evaluations, evaluations};
  }
}

SamplingSteps stepsOf(const StableDiffusion& model, const GenerateOptions& options, bool second) {
  const auto first = countedSteps(model, options.sampler, firstSamplerOptions(options));
  if (!second) return first;
  auto steps = countedSteps(model, options.sampler, secondSamplerOptions(options));
  steps.before = first.steps;
  return steps;
}

// The model's own words count as the embeddings that were asked for.
PromptOptions readingOf(const StableDiffusion& model, const GenerateOptions& options) {
  auto reading = options.promptOptions;
  reading.embeddings.insert(reading.embeddings.end(), model.embeddings.begin(), model.embeddings.end());
  return reading;
}

std::vector<std::string> negativesOf(const GenerateOptions& options) {
  if (options.guidance == 1.0) return {};
  return {options.negative};
}

}  // namespace

Result<ScheduledPrompts> encodePass(const StableDiffusion& model, const GenerateOptions& options, bool second) {
  auto reading = readingOf(model, options);
  reading.zeroEmptyNegative = jsonOr(model.configs->modelIndex, "force_zeros_for_empty_prompt", true);
  return encodeForSteps(model.textEncoders(), options.prompts, negativesOf(options),
                        stepsOf(model, options, second), reading);
}

Result<void> checkPrompts(const StableDiffusion& model, const GenerateOptions& options) {
  const auto encoders = model.textEncoders();
  const auto reading = readingOf(model, options);
  const auto check = [&](bool second) {
    return checkForSteps(encoders, options.prompts, {options.negative}, stepsOf(model, options, second),
                         reading);
  };
  LK_CHECK(check(false));
  return options.hires.scale == 1 ? Result<void>() : check(true);
}

}  // namespace likeness
