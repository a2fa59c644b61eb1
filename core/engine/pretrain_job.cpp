#include "core/engine/job_list.h"
#include "core/pretrain/pretrain_run.h"

namespace likeness {
namespace {

class PretrainEvents : public TrainObserver {
 public:
  explicit PretrainEvents(JobContext& context, std::string run) : m_context(context), m_run(std::move(run)) {}
  void onProgress(const Progress& progress) override { m_context.events.progress(progress); }
  void onMetrics(const MetricPoint& point) override { m_context.events.metric(m_run, point); }
  void onPreview(const Preview& preview) override {
    auto named = preview;
    named.run = m_run;
    m_context.events.send(std::move(named));
  }
  void onCheckpoint(const CheckpointInfo& checkpoint) override {
    m_context.events.send(CheckpointSaved{m_run, checkpoint});
  }
  void onNotice(const Notice& notice) override { m_context.events.send(notice); }

 private:
  JobContext& m_context;
  std::string m_run;
};

}  // namespace

Finished runJob(const Pretrain& spec, JobContext& context, Studio&) {
  const auto config = readPretrainConfig(spec.config).value();
  PretrainEvents events(context, config.output.filename().string());
  const auto outcome = pretrain(config, {spec.resume, spec.stopAfter}, context.control, events);
  if (outcome.nothingLeft) {
    return succeeded("Nothing left to do: " + outcome.model.string() +
                     " is finished. Give another output for a new one.");
  }
  if (outcome.model.empty()) {
    return succeeded("Rests after step " + std::to_string(outcome.step) + " of " + std::to_string(config.steps()) +
                     ", as asked.", {config.output});
  }
  return succeeded("Trained a model in " + std::to_string(outcome.step) + " steps: " + outcome.model.string(),
                   {outcome.model});
}

}  // namespace likeness
