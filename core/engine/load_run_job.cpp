#include "core/data/picture_file.h"
#include "core/engine/job_list.h"
#include "core/metrics/jsonl_log.h"
#include "core/project/run_folder.h"
#include "core/project/yaml_file.h"
#include "core/train/run_recorder.h"

namespace likeness {
namespace {

// The prompts that the run's previews show; unknown ones stay empty.
std::vector<std::string> previewPromptsOf(const std::filesystem::path& run) {
  TrainConfig config;
  const auto options = readTrainOptions(run / "config.yaml");
  if (options.ok()) static_cast<void>(applyTrainOptions(config, *options).ok());
  return config.previewPrompts;
}

}  // namespace

Finished runJob(const LoadRun& spec, JobContext& context, Studio&) {
  const auto run = readRun(std::filesystem::absolute(spec.project), spec.run).value();
  auto points = readMetrics(metricsFile(run.folder)).value();
  if (!points.empty()) context.events.send(MetricBatch{run.id, std::move(points)});
  const auto prompts = previewPromptsOf(run.folder);
  for (const auto& preview : listPreviews(run.folder)) {
    context.control.proceedOrThrow();
    auto image = readPicture(preview.file);
    if (!image.ok()) continue;  // a preview is worth no error
    const auto index = static_cast<std::size_t>(preview.index);
    context.events.send(Preview{run.id, preview.step, preview.index,
                                index < prompts.size() ? prompts[index] : std::string(),
                                std::make_shared<Image>(std::move(image).value())});
  }
  return succeeded({});
}

}  // namespace likeness
