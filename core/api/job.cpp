#include "core/api/job.h"

#include <array>
#include <type_traits>

namespace likeness {
namespace {

constexpr std::array kJobNames = {"make_priors",   "train",    "plan_training", "sample",     "export",         "convert", "inspect",     "new_project",
                                  "open_project",  "add_photos", "remove_photos", "set_crop",  "set_subject", "mark_priors",
                                  "set_own_priors", "set_train_options", "set_page", "load_run", "render_crop",
                                  "add_subject", "remove_subject", "mark_pictures", "remove_pictures", "measure_prompt", "pretrain",
                                  "centre_photos", "set_caption"};
static_assert(kJobNames.size() == std::variant_size_v<JobSpec>);

constexpr std::array kEventNames = {"accepted",      "state",      "progress", "metrics", "preview",       "prior",     "picture",
                                    "picture_progress", "checkpoint", "notice",  "project", "crop_rendered", "inspected", "planned", "prompt_measured", "finished"};
static_assert(kEventNames.size() == std::variant_size_v<EventPayload>);

}  // namespace

bool isEdit(const JobSpec& spec) {
  return std::visit(
      [](const auto& job) {
        using Job = std::decay_t<decltype(job)>;
        return !(std::is_same_v<Job, MakePriors> || std::is_same_v<Job, Train> || std::is_same_v<Job, PlanTraining> || std::is_same_v<Job, Sample> ||
                 std::is_same_v<Job, Export> || std::is_same_v<Job, Convert> || std::is_same_v<Job, Inspect> ||
                 std::is_same_v<Job, Pretrain>);
      },
      spec);
}

const char* jobName(const JobSpec& spec) { return kJobNames[spec.index()]; }

const char* eventName(const EventPayload& payload) { return kEventNames[payload.index()]; }

}  // namespace likeness
