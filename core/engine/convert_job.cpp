#include "core/base/text.h"
#include "core/engine/base_model.h"
#include "core/engine/job_list.h"
#include "core/engine/model_output.h"
#include "core/weights/layouts/prediction_probe.h"

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
  const auto text = writeModel(model, {spec.format, spec.out, dtype, {}}, context);
  return succeeded("Converted " + spec.in.string() + " (" + familyName(model.family) + ", predicting " +
                       (model.predictsV() ? "v" : "noise") + ") to " + text,
                   {spec.out});
}

}  // namespace likeness
