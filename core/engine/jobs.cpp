#include "core/engine/jobs.h"

#include <memory>

#include "core/engine/job_list.h"

namespace likeness {
namespace {

// Both are settings of the calling thread. Denormals cost a hundredfold on some CPUs and carry nothing.
void prepareThread(const EngineSettings& settings) {
  thread_local bool prepared = false;
  if (prepared) return;
  prepared = true;
  at::globalContext().setFlushDenormal(true);
  if (settings.threads > 0) at::set_num_threads(settings.threads);
}

}  // namespace

JobFunction makeJobs(const EngineSettings& settings) {
  auto studio = std::make_shared<Studio>();
  studio->settings = settings;
  return [studio](const JobSpec& spec, JobContext& context) {
    if (Engine::laneOf(spec) == Lane::Core) prepareThread(studio->settings);
    const torch::NoGradGuard noGrad;  // training asks for gradients itself
    return std::visit([&](const auto& job) { return runJob(job, context, *studio); }, spec);
  };
}

}  // namespace likeness
