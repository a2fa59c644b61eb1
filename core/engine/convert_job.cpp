#include "core/base/text.h"
#include "core/engine/base_model.h"
#include "core/engine/job_list.h"
#include "core/engine/model_output.h"
#include "core/weights/layouts/prediction_probe.h"
#include "core/weights/lora_merge.h"

namespace likeness {
namespace {

ModelFiles openWithParts(const Convert& spec, JobContext& context) {
  auto model = openModelFiles(spec.in, {spec.ema}).value();
  const std::pair<const char*, const std::filesystem::path&> replacements[] = {
      {kVae, spec.vae}, {kTextEncoder, spec.textEncoder}, {kTextEncoder2, spec.textEncoder2}};
  for (const auto& [part, file] : replacements) {
    if (!file.empty()) replacePart(model, part, file).value();
  }
  for (const auto& note : model.notes) context.notice("model", note);
  return model;
}

// Merges LoRAs into the parts that they change; each tensor is computed when it is written.
void mergeInto(ModelFiles& model, const std::vector<std::pair<std::filesystem::path, double>>& files,
               std::optional<torch::ScalarType> dtype, JobContext& context) {
  const LoraNames names = loraNames(model);
  std::vector<LoraUse> loras;
  for (const auto& [file, weight] : files) {
    auto lora = openLora(file, names).value();
    if (const auto report = lora.report(names); !report.empty()) context.warn("lora", report);
    loras.push_back({std::make_shared<const Lora>(std::move(lora)), weight});
  }
  for (const auto& [part, component] : kLoraParts) {
    if (!model.has(part)) continue;
    auto& weights = model.parts[part].weights;
    weights = mergeLoras({weights}, component, loras, dtype).front();
  }
}

}  // namespace

Finished runJob(const Convert& spec, JobContext& context, Studio&) {
  if (spec.out.empty()) throw ErrorException({ErrorCode::InvalidArgument, "No name for the new model was given."});
  const auto dtype = parseDtype(spec.dtype).value();
  context.events.progress({"Opening the model", 0, 1});
  auto model = openWithParts(spec, context);
  if (!model.predictionKnown) {
    context.notice("prediction", "Nothing in the file says whether it predicts noise or v, so its UNet is tried.");
    settlePrediction(model, &context.control).value();
  }
  if (!spec.loras.empty()) mergeInto(model, spec.loras, dtype, context);
  const auto text = writeModel(model, {spec.format, spec.out, dtype, {}}, context);
  return succeeded("Converted " + spec.in.string() + " (" + familyName(model.family) + ", predicting " +
                       (model.predictsV() ? "v" : "noise") + ") to " + text,
                   {spec.out});
}

}  // namespace likeness
