#pragma once
#include "core/engine/jobs.h"
#include "core/engine/model_store.h"
#include "core/engine/project_view.h"
#include "core/engine/tokenizer_cache.h"

namespace likeness {

/// What the jobs share.
struct Studio {
  EngineSettings settings;
  ModelStore models;  ///< core lane only
  PhotoCache photos;
  RecipeCache recipes;
  TokenizerCache tokenizers;
};

/// The jobs, one function each. They answer with how they ended, or throw.
[[nodiscard]] Finished runJob(const MakePriors& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const Train& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const PlanTraining& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const Sample& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const Export& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const Convert& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const Pretrain& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const Inspect& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const NewProject& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const OpenProject& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const AddPhotos& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const RemovePhotos& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const SetCrop& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const SetSubject& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const MarkPriors& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const SetOwnPriors& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const SetTrainOptions& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const SetPage& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const LoadRun& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const RenderCrop& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const AddSubject& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const RemoveSubject& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const MarkPictures& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const RemovePictures& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const MeasurePrompt& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const CentrePhotos& spec, JobContext& context, Studio& studio);
[[nodiscard]] Finished runJob(const SetCaption& spec, JobContext& context, Studio& studio);

/// Makes the project's missing class images and answers with all of them: the part that Train shares with MakePriors.
[[nodiscard]] PriorSet preparePriors(const Project& project, const PriorRequest& request, JobContext& context,
                                     Studio& studio);

/// Sends the project's whole state.
void sendProject(const Project& project, JobContext& context, Studio& studio);

/// The checkpoint that `weights` names, of the newest run that has one; NotFound, saying what to do, if there is none.
[[nodiscard]] Result<CheckpointInfo> chooseCheckpoint(const std::filesystem::path& project, WhichWeights weights,
                                                      std::int64_t step);

}  // namespace likeness
