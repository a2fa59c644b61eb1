#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/api/image.h"
#include "core/api/photo.h"
#include "core/api/project.h"
#include "core/api/sample.h"
#include "core/api/training_plan.h"
#include "core/base/error.h"

namespace likeness {

using JobId = std::uint64_t;

// ---- Jobs that compute: queued, one at a time on the core thread -------------------------------------------------

/// Makes the missing class images of a project.
struct MakePriors {
  std::filesystem::path project;
  std::optional<std::int64_t> count;  ///< instead of the project's prior_count; kept with the project
  bool replaceRejected = false;       ///< makes new ones (next seeds) for those marked rejected
};

/// Trains; makes priors first when there are none and they are wanted.
struct Train {
  std::filesystem::path project;
  std::vector<std::pair<std::string, std::string>> overrides;  ///< option name, text; over the project's
  bool resume = false;                                          ///< goes on with the newest run
  /// A run's own folder, inside or outside `runs/`: begun there, or gone on with where it has begun; empty: as above.
  std::filesystem::path runFolder = {};
  std::int64_t stopAfter = 0;  ///< rests with a checkpoint after this step, under the schedule of all steps; 0: never
  std::string preset = {};     ///< see core/project/presets.h; the overrides come over it
};

/// Judges what training would take, without training.
struct PlanTraining {
  std::filesystem::path project;
  std::vector<std::pair<std::string, std::string>> overrides;  ///< as in Train
  std::string preset = {};                                     ///< as in Train
};

enum class ModelFormat {
  Diffusers,   ///< a folder as diffusers' pipelines load it
  SingleFile,  ///< one .safetensors file in CompVis's names, as the other studios load it
};

enum class LoraFormat {
  Kohya,  ///< one file as sd-scripts writes it, which most programs read
  Peft,   ///< as diffusers and PEFT write it: a file, or a folder that also has an adapter of PEFT for each part
};

/// Writes a project's trained model, a LoRA merged into it; or the LoRA, or the new word, alone.
struct Export {
  std::filesystem::path project;
  WhichWeights weights = WhichWeights::Best;
  std::int64_t checkpointStep = 0;
  std::filesystem::path out;
  ModelFormat format = ModelFormat::Diffusers;
  std::string dtype;  ///< "fp32", "fp16" or "bf16"; empty: fp32
  std::optional<LoraFormat> lora;  ///< in place of `format`; for runs whose method is lora
  bool embedding = false;          ///< in place of both: the vectors of [V], for runs that learnt them
};

/// Writes a model in another layout or dtype, or with another part.
struct Convert {
  std::filesystem::path in;  ///< a folder in diffusers layout, or a single file
  std::filesystem::path out;
  ModelFormat format = ModelFormat::Diffusers;
  std::string dtype;                                       ///< as above; empty: each tensor keeps its own
  std::filesystem::path vae, textEncoder, textEncoder2;    ///< used in place of the model's own
  std::vector<std::pair<std::filesystem::path, double>> loras;  ///< merged into it, with these weights
  std::optional<bool> ema;  ///< uses the moving average of the weights, or the plain ones, where there are both
};

/// Teaches a small Stable Diffusion from nothing on a folder of captioned pictures, see core/pretrain/pretrain_config.h.
struct Pretrain {
  std::filesystem::path config;  ///< a YAML file
  bool resume = false;           ///< goes on where the file's output folder has begun
  std::int64_t stopAfter = 0;    ///< rests with a checkpoint after so many steps of both stages together; 0: never
};

/// Says what a model, checkpoint, project, file of weights or picture is.
struct Inspect {
  std::filesystem::path path;
  bool identity = false;  ///< also names a model folder's content by a hash, for which all of it is read
};

// ---- Edits: quick, never touch a tensor, run beside a computing job on the desk thread -----------------------------

struct NewProject {
  std::filesystem::path project;
  std::vector<std::filesystem::path> photos;  ///< files or folders
  std::string classNoun;
  std::string token = "sks";
  std::filesystem::path model;
  std::string preset = {};  ///< see core/project/presets.h
};
struct OpenProject {
  std::filesystem::path project;
};
struct AddPhotos {
  std::filesystem::path project;
  std::vector<std::filesystem::path> photos;
};
struct RemovePhotos {
  std::filesystem::path project;
  std::vector<std::filesystem::path> photos;  ///< moved to the project's `removed/`, so that undo can bring them back
};
struct SetCrop {
  std::filesystem::path project;
  std::filesystem::path photo;
  CropRect crop;
};
/// Moves the square of each photo to where its subject seems to be, see subjectSquare() in core/data/saliency.h.
struct CentrePhotos {
  std::filesystem::path project;
  std::vector<std::filesystem::path> photos;  ///< empty: all
};
/// Writes a photo's words into the text file beside it, or takes that away.
struct SetCaption {
  std::filesystem::path project;
  std::filesystem::path photo;
  std::string caption;  ///< one line; empty: none
};
struct SetSubject {
  std::filesystem::path project;
  std::string classNoun;
  std::string token;
};
/// Teaches the project one more subject, with photos, class images and weight of its own.
struct AddSubject {
  std::filesystem::path project;
  std::string classNoun;
  std::string token;
  std::vector<std::filesystem::path> photos;  ///< files or folders
  double weight = 1;         ///< how much it counts beside the others
  std::int64_t repeats = 1;  ///< how often it is shown while the others are shown once
  std::filesystem::path ownPriors = {};  ///< a folder of class images; empty: made ones
};
/// Takes a subject, named by its token, out again; never the only one.
struct RemoveSubject {
  std::filesystem::path project;
  std::string token;
};
struct MarkPriors {
  std::filesystem::path project;
  std::vector<std::filesystem::path> priors;
  bool kept = true;
};
struct SetOwnPriors {
  std::filesystem::path project;
  std::filesystem::path folder;  ///< empty: made ones again
};
struct SetTrainOptions {
  std::filesystem::path project;
  std::vector<std::pair<std::string, std::string>> options;
};
struct SetPage {
  std::filesystem::path project;
  std::string page;
};
/// Reads a run's whole record again: answers with MetricBatch and Preview events.
struct LoadRun {
  std::filesystem::path project;
  std::string run;
};
/// Renders exactly the square that is trained, for the crop view.
struct RenderCrop {
  std::filesystem::path project;
  std::filesystem::path photo;
  CropRect crop;
};

/// Marks made pictures as favourites, or as none any more.
struct MarkPictures {
  std::filesystem::path project;
  std::vector<std::filesystem::path> pictures;
  bool favourite = true;
};
/// Moves made pictures to the project's `removed/pictures/`, or back. Finished::made names them where they lie then, in
/// the order in which they were given.
struct RemovePictures {
  std::filesystem::path project;
  std::vector<std::filesystem::path> pictures;
  bool restore = false;  ///< `pictures` are removed ones, to be brought back
};
/// Counts what a prompt takes of the project's text encoder: answers with PromptMeasured.
struct MeasurePrompt {
  std::filesystem::path project;
  std::string prompt;
};

using JobSpec = std::variant<MakePriors, Train, PlanTraining, Sample, Export, Convert, Inspect, NewProject, OpenProject, AddPhotos,
                             RemovePhotos, SetCrop, SetSubject, MarkPriors, SetOwnPriors, SetTrainOptions, SetPage,
                             LoadRun, RenderCrop, AddSubject, RemoveSubject, MarkPictures, RemovePictures,
                             MeasurePrompt, Pretrain, CentrePhotos, SetCaption>;

/// True for the jobs that run on the desk thread.
[[nodiscard]] bool isEdit(const JobSpec& spec);

/// "train", "make_priors", …: the spec's name in logs and JSON events.
[[nodiscard]] const char* jobName(const JobSpec& spec);

// ---- Events ---------------------------------------------------------------------------------------------------------

/// The job was taken and waits for its turn.
struct Accepted {};

enum class JobState { Queued, Running, Paused, Stopping };
struct StateChanged {
  JobState state = JobState::Queued;
};

/// How far a job is. `stage` is a short phrase for people ("Making prior images", "Training").
struct Progress {
  std::string stage;
  std::int64_t done = 0;
  std::int64_t total = 0;
  double secondsLeft = -1;   ///< −1: not known yet
  double perSecond = 0;      ///< items of `done` a second
  std::uint64_t memoryBytes = 0;  ///< resident now
};

/// Cosine similarities, −1 … 1, by name: "vae_photos", "clip_i", ….
using Scores = std::map<std::string, double>;

/// What one training step measured; NaN where it was not measured at this step.
struct MetricPoint {
  std::int64_t step = 0;
  double instanceLoss = 0;
  double priorLoss = 0;
  double validationLoss = 0;
  double learningRate = 0;
  double textEncoderLearningRate = 0;
  double gradNorm = 0;
  double stepsPerSecond = 0;
  Scores scores = {};  ///< of the step's previews, their means; such a point measured nothing else
};
/// Points in step order, gathered to at most 10 batches a second.
struct MetricBatch {
  std::string run;
  std::vector<MetricPoint> points;
};

/// A picture of how training goes, made at a step with fixed seeds.
struct Preview {
  std::string run;
  std::int64_t step = 0;
  int index = 0;  ///< which of the preview prompts
  std::string prompt;
  ImagePtr image;
  Scores scores = {};  ///< how alike it is, see core/train/likeness_scores.h; empty without preview_scores
};

/// A class image was made (or found: `reused`).
struct PriorReady {
  PriorInfo prior;
  int index = 0;
  int total = 0;
  bool reused = false;
  ImagePtr image;
};

/// A picture was made and written.
struct PictureReady {
  PictureInfo picture;
  int index = 0;
  bool base = false;  ///< the before picture of a before/after pair
  std::uint64_t seed = 0;
  ImagePtr image;
};

/// Pictures in the making: those from `index` on that are made together. Newest only.
struct PictureProgress {
  int index = 0;
  int step = 0;
  int total = 0;
  bool base = false;                 ///< the before pictures of before/after pairs
  std::vector<ImagePtr> rough = {};  ///< what they will be, one pixel a latent; a few times a second, else empty
};

struct CheckpointSaved {
  std::string run;
  CheckpointInfo checkpoint;
};

/// A sentence for people that is not an error: a warning, or what will happen before it does.
struct Notice {
  bool warning = false;
  std::string code;  ///< stable, for example "overfitting", "prompt_truncated", "resuming"
  std::string sentence;
};

/// The project changed; `project` is its whole new state.
struct ProjectChanged {
  ProjectSnapshot project;
};

/// The answer to RenderCrop.
struct CropRendered {
  std::filesystem::path photo;
  CropRect crop;
  ImagePtr image;
};

/// The answer to Inspect: text for people and the same as JSON.
struct Inspected {
  std::string text;
  std::string json;
};

/// The answer to PlanTraining.
struct Planned {
  TrainingPlan plan;
};

enum class Outcome { Succeeded, Cancelled, Failed };
/// Always the last event of an accepted job, and exactly one.
struct Finished {
  Outcome outcome = Outcome::Succeeded;
  std::optional<Error> error;             ///< with Failed
  std::string summary;                    ///< one sentence: what was done, or how to go on
  std::vector<std::filesystem::path> made;  ///< what was written
};

/// The answer to MeasurePrompt.
struct PromptMeasured {
  std::string prompt;    ///< as it was asked
  int tokens = 0;        ///< without those that begin and end a chunk
  int chunks = 1;
  int chunkTokens = 75;  ///< that one chunk holds
  std::string complaint;  ///< empty, or a sentence that says why it can't be read; the counts are 0 then
};

using EventPayload = std::variant<Accepted, StateChanged, Progress, MetricBatch, Preview, PriorReady, PictureReady,
                                  PictureProgress, CheckpointSaved, Notice, ProjectChanged, CropRendered, Inspected, Planned, PromptMeasured, Finished>;

/// One thing that happened in a job. `seq` counts up by one within a job; `time` is seconds since the epoch.
struct JobEvent {
  JobId job = 0;
  std::uint64_t seq = 0;
  double time = 0;
  EventPayload payload;
};

/// "progress", "metrics", …: the payload's name in JSON events.
[[nodiscard]] const char* eventName(const EventPayload& payload);

}  // namespace likeness
