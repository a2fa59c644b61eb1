#include "core/engine/sample_pictures.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "core/data/picture_file.h"
#include "core/engine/picture_recipe.h"
#include "core/sample/applied_loras.h"
#include "core/sample/generate_passes.h"

namespace likeness {
namespace {

constexpr auto kRoughPeriod = std::chrono::milliseconds(250);

// The shape of the picture to start from, no larger than what the model was made for.
void sizeFromSource(SamplePlan& plan, const StableDiffusion& model) {
  const auto& picture = *plan.options.source.picture;
  const double area = double(picture.width) * picture.height;
  const double most = std::pow(model.defaultResolution(), 2);
  const double scale = std::min(1.0, std::sqrt(most / area));
  const int multiple = model.sizeMultiple();
  const auto side = [&](int pixels) {
    return std::max(1, int(std::lround(pixels * scale / multiple))) * multiple;
  };
  plan.options.width = side(picture.width);
  plan.options.height = side(picture.height);
}

void chooseSize(SamplePlan& plan, const StableDiffusion& model) {
  auto& options = plan.options;
  if (const auto& latents = options.initialLatents; latents.defined()) {
    if (options.width == 0) options.width = static_cast<int>(latents.size(3)) * model.vaeFactor();
    if (options.height == 0) options.height = static_cast<int>(latents.size(2)) * model.vaeFactor();
  } else if (options.source.picture && options.width == 0) {
    sizeFromSource(plan, model);
  }
  options.width = pictureWidth(model, options);
  options.height = pictureHeight(model, options);
  plan.sample.width = options.width;
  plan.sample.height = options.height;
}

// One run of generate(): writes what is wanted of it.
class PictureWriter {
 public:
  PictureWriter(const SamplePlan& plan, const SampleSeries& series, JobContext& context)
      : m_plan(plan), m_series(series), m_context(context) {}

  void step(std::int64_t first, std::int64_t count, std::int64_t done, std::int64_t total) {
    m_batch = {m_plan.options.seeds.front() + static_cast<std::uint64_t>(first), static_cast<int>(count)};
    const int index = m_series.firstIndex + static_cast<int>(first);
    m_context.events.pictureProgress(
        {index, static_cast<int>(done), static_cast<int>(total), m_series.base, std::exchange(m_rough, {})});
    if (m_series.onEvaluations) m_series.onEvaluations(first * total + count * done);
  }

  // Looking on must cost nothing that one would notice.
  [[nodiscard]] bool wantsRough() {
    const auto now = std::chrono::steady_clock::now();
    if (now - m_lastRough < kRoughPeriod) return false;
    m_lastRough = now;
    return true;
  }
  void takeRough(std::vector<ImagePtr> rough) { m_rough = std::move(rough); }

  void write(std::int64_t index, const ImagePtr& image) {
    const auto& sample = m_plan.sample;
    const auto seed = m_plan.options.seeds.front() + static_cast<std::uint64_t>(index);
    if (sample.batch && seed != sample.seed) return;  // there only for the rounding
    const PictureStyle style{sample.format, sample.quality};
    const auto recipe = pictureRecipe(originOf(m_plan, seed, m_batch, image->width, image->height));
    const auto name = nameOfPrompt(m_plan.options.prompts.front()) + "-seed-" + std::to_string(seed) +
                      (m_series.base ? "-base" : "") + extensionOf(style.format);
    const auto file = writePicture(m_plan.out / name, *image, recipe, style).value();
    m_made.files.push_back(file);
    m_made.images.push_back(image);
    const int told = m_series.firstIndex + (sample.batch ? 0 : static_cast<int>(index));
    m_context.events.send(PictureReady{{file, recipe.full.dump()}, told, m_series.base, seed, image});
  }
  [[nodiscard]] MadePictures take() { return std::move(m_made); }

 private:
  const SamplePlan& m_plan;
  const SampleSeries& m_series;
  JobContext& m_context;
  SampleBatch m_batch;
  MadePictures m_made;
  std::vector<ImagePtr> m_rough;  // of the step that is reported next
  std::chrono::steady_clock::time_point m_lastRough{};
};

}  // namespace

void fitToModel(SamplePlan& plan, const StableDiffusion& model) {
  chooseSize(plan, model);
  checkGenerateOptions(model, plan.options).value();
}

StableDiffusion openForPlan(SamplePlan& plan, JobContext& context, Studio& studio) {
  auto model = studio.models.open({plan.model, plan.checkpoint ? plan.checkpoint->folder : std::filesystem::path(),
                                   plan.sample.vae},
                                  context.control)
                   .value();
  fitToModel(plan, model);
  return model;
}

void warnOf(const SamplePlan& plan, const StableDiffusion& model, const JobContext& context) {
  const auto& options = plan.options;
  const auto advice = samplerAdvice(options.sampler, model.schedule, firstSamplerOptions(options));
  if (!advice.empty()) context.warn("schedule", advice);
}

std::int64_t evaluationsOf(const SamplePlan& plan, const StableDiffusion& model) {
  return pictureCount(plan.options) * evaluationsPerPicture(model, plan.options);
}

MadePictures makePictures(const SamplePlan& plan, StableDiffusion model, const SampleSeries& series,
                          JobContext& context) {
  const auto loras = applyLoras(model, plan.sample.loras).value();
  for (const auto& report : loras.reports()) context.warn("lora_partly_used", report);
  PictureWriter writer(plan, series, context);
  GenerateCallbacks callbacks;
  callbacks.onStep = [&](std::int64_t first, std::int64_t count, std::int64_t done, std::int64_t total) {
    writer.step(first, count, done, total);
  };
  callbacks.wantsRough = [&] { return !plan.sample.batch && writer.wantsRough(); };
  callbacks.onRough = [&](std::vector<ImagePtr> rough) { writer.takeRough(std::move(rough)); };
  callbacks.onImage = [&](std::int64_t index, const ImagePtr& image) { writer.write(index, image); };
  auto generated = generate(model, plan.options, context.control, callbacks);
  auto made = writer.take();
  made.latents = std::move(generated.latents);
  return made;
}

}  // namespace likeness
