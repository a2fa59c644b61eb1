#include "core/train/dreambooth_trainer.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <thread>

#include "core/base/atomic_file.h"
#include "core/base/json.h"
#include "core/text/prompt.h"
#include "core/train/block_choices.h"
#include "core/train/token_vectors.h"
#include "core/train/training_run.h"

namespace likeness {
namespace {

// Sets the number of threads that this thread's tensor operations use, and sets it back.
class ThreadCountGuard {
 public:
  explicit ThreadCountGuard(int threads) : m_previous(at::get_num_threads()) {
    if (threads > 0 && threads != m_previous) at::set_num_threads(threads);
  }
  ~ThreadCountGuard() {
    if (at::get_num_threads() != m_previous) at::set_num_threads(m_previous);
  }
  ThreadCountGuard(const ThreadCountGuard&) = delete;
  ThreadCountGuard& operator=(const ThreadCountGuard&) = delete;

 private:
  int m_previous;
};

// From here on a UNet counts as full-size, and ten times what diffusers' README has as too high for one or its LoRA.
constexpr std::int64_t kFullSize = 300'000'000;
constexpr double kHighRate = 5e-5, kHighLoraRate = 1e-3;
// Up to here it counts as small, as the embedded base: at 5e-4 its LoRA showed nothing after 700 steps, at 4e-3 the
// subject after 600.
constexpr std::int64_t kSmallSize = 50'000'000;
constexpr double kLowLoraRate = 2e-3;

// Ten times the rate of the authors of textual inversion.
constexpr double kHighTokenRate = 5e-2;

std::string tokenRateAdvice(const TrainConfig& config) {
  if (config.optimizer == OptimizerKind::Prodigy) {
    return config.tokenLearningRate == 1 ? "" : "Prodigy finds the rate of a new word itself. Stop and set "
                                                "token_learning_rate to 1.";
  }
  if (config.optimizer == OptimizerKind::Adafactor && config.adafactorRelativeStep) return {};
  if (config.tokenLearningRate < kHighTokenRate) return {};
  return "The rate of the new word is high: it soon stands for nothing that the model knows. Stop and set "
         "token_learning_rate to about 5e-3.";
}

Error invalid(std::string sentence) { return {ErrorCode::InvalidArgument, std::move(sentence)}; }

Result<void> checkDraws(const NoiseSchedule& schedule, const TrainConfig& config) {
  const auto all = schedule.trainTimesteps();
  const auto end = config.timestepMax > 0 ? config.timestepMax : all;
  if (config.timestepMin >= end || end > all) {
    return invalid("timestep_min must be below timestep_max, and that at most " + std::to_string(all) +
                   " for this model.");
  }
  return {};
}

// "" for the only subject, else " of sks dog".
std::string ofSubject(const TrainJob& job, const TrainingSubject& subject) {
  return job.set.subjects.size() == 1 ? "" : " under \"" + subject.instancePrompt + "\"";
}

Result<void> checkSubjectsOf(const TrainJob& job) {
  const auto& config = job.config;
  const bool lora = config.method == TrainMethod::Lora;
  if (config.priorPrediction && !lora) {
    return invalid("prior_prediction is for LoRAs, which can be left away. Set method to lora, or prior_prediction to "
                   "false.");
  }
  if (job.set.subjects.empty()) return invalid("There is no photo to learn from. Add photos of the subject.");
  std::set<std::string> prompts;
  for (const auto& subject : job.set.subjects) {
    const auto whose = ofSubject(job, subject);
    if (subject.instances.empty()) {
      return invalid("There is no photo to learn from" + whose + ". Add photos of the subject.");
    }
    if (!prompts.insert(subject.instancePrompt).second) {
      return invalid("Two subjects are both \"" + subject.instancePrompt + "\". Give each a token of its own.");
    }
    if (config.priorWeight > 0 && !config.priorPrediction && subject.priors.empty()) {
      return invalid("There are no class images" + whose +
                     ", which prior_weight asks for. Make them, or set prior_weight to 0.");
    }
    if (!(subject.weight > 0) || !std::isfinite(subject.weight) || subject.repeats < 1) {
      return invalid("The weight and the repeats of a subject must be above 0.");
    }
  }
  return {};
}

Result<void> checkPictures(const TrainingSubject& subject, int resolution, int multiple) {
  const auto whole = [](const Image& image) {
    return image.rgb.size() == std::size_t{3} * static_cast<std::size_t>(image.width) * std::size_t(image.height);
  };
  const auto square = [&](const Image& image) {
    return image.width == resolution && image.height == resolution && whole(image);
  };
  const auto fits = [&](const Image& image) {
    return image.width > 0 && image.width % multiple == 0 && image.height > 0 && image.height % multiple == 0 &&
           whole(image);
  };
  if (!std::ranges::all_of(subject.instances, fits) || !std::ranges::all_of(subject.priors, square)) {
    return invalid("The pictures to learn from must have sides that are multiples of " + std::to_string(multiple) +
                   " px, and class images be squares of " + std::to_string(resolution) + " px.");
  }
  const auto known = [](const auto& facts, std::size_t wanted) { return facts.empty() || facts.size() == wanted; };
  const auto looks = static_cast<std::size_t>(subject.looks);
  if (subject.looks < 1 || subject.instances.size() % looks != 0) return invalid("Each photo must have as many looks.");
  if (!known(subject.instanceOrigins, subject.instances.size()) ||
      !known(subject.priorOrigins, subject.priors.size())) {
    return invalid("Where the pictures were cut from must be said of each of them, or of none.");
  }
  if (!known(subject.captions, subject.photos())) return invalid("Captions must be given of each photo, or of none.");
  if (!std::ranges::all_of(subject.heldOut, fits) || !known(subject.heldOutOrigins, subject.heldOut.size()) ||
      !known(subject.heldOutCaptions, subject.heldOut.size())) {
    return invalid("What is kept back for validation must be given as the photos are.");
  }
  if (!known(subject.masks, subject.instances.size())) return invalid("Masks must be given of each look, or of none.");
  return {};
}

Result<void> checkWord(const StableDiffusion& model, const TrainJob& job) {
  if (tokenVectorCount(job.config) > 0 && job.set.subjects.size() > 1) {
    return invalid("A new word is learnt for one subject alone. Remove the others, or set token_vectors to 0 and method "
                   "to lora or full.");
  }
  const auto& subject = job.set.subjects.front();
  const std::vector<std::string> classPrompts(job.config.priorWeight > 0 ? 1 : 0, subject.classPrompt);
  return checkNewWord(model, job.config, wordOf(job), {subject.instancePrompt}, classPrompts);
}

// The number of threads that the run began with: a checkpoint's, else (killed before its first one) its threads.json.
int threadsOfRun(const TrainJob& job) {
  if (!job.resumeFrom.empty()) {
    const auto state = readCheckpointState(job.resumeFrom);
    return state.ok() ? state.value().threads : 0;
  }
  const auto begun = readJsonFile(job.runFolder / "threads.json");
  return begun.ok() ? jsonOr(*begun, "threads", 0) : 0;
}

// The number of threads that the run to be resumed had, if this machine can give them; 0 leaves it.
int threadsToKeep(const TrainJob& job, TrainObserver& observer) {
  const auto wanted = threadsOfRun(job);
  if (wanted < 1 || wanted == at::get_num_threads()) return 0;
  const auto cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  const bool kept = wanted <= cores;
  observer.onNotice({!kept, "threads",
                     "This run was started with " + std::to_string(wanted) + " threads; " +
                         (kept ? "it goes on with as many, so that it ends exactly as if it had not been interrupted."
                               : "here are fewer, so its end may differ in the last digits from an unbroken run's.")});
  return kept ? wanted : 0;
}

}  // namespace

std::size_t TrainingSet::photos() const {
  std::size_t sum = 0;
  for (const auto& subject : subjects) sum += subject.photos();
  return sum;
}

std::size_t TrainingSet::classImages() const {
  std::map<std::string, std::size_t> counts;
  for (const auto& subject : subjects) counts[subject.classPrompt] = subject.priors.size();
  std::size_t sum = 0;
  for (const auto& [prompt, count] : counts) sum += count;
  return sum;
}

std::vector<SubjectPrompts> TrainingSet::prompts() const {
  std::vector<SubjectPrompts> all;
  for (const auto& subject : subjects) all.push_back({subject.instancePrompt, subject.classPrompt});
  return all;
}

std::vector<std::string> TrainingSet::tokens() const {
  std::vector<std::string> all;
  for (const auto& subject : subjects) all.push_back(subject.identifierToken);
  return all;
}

NewWord wordOf(const TrainJob& job) {
  const auto& subject = job.set.subjects.front();
  return newWord(job.config, subject.identifierToken, subject.classNoun);
}

Result<void> noteThreads(const std::filesystem::path& runFolder) {
  std::error_code ignored;
  std::filesystem::create_directories(runFolder, ignored);  // a failure shows in the write
  const auto file = runFolder / "threads.json";
  if (std::filesystem::exists(file, ignored)) return {};
  return writeFileAtomically(file, Json{{"threads", at::get_num_threads()}}.dump() + "\n");
}

std::string learningRateAdvice(std::int64_t parameters, const TrainConfig& config) {
  const bool wordAlone = config.method == TrainMethod::TextualInversion;
  if (tokenVectorCount(config) > 0) {
    if (auto advice = tokenRateAdvice(config); !advice.empty()) return advice;
  }
  if (wordAlone) return {};
  if (config.optimizer == OptimizerKind::Prodigy) {
    const auto text = config.textEncoderLearningRate;
    const bool usual = config.learningRate == 1 && (text == 1 || text == 0);
    return usual ? "" : "Prodigy finds the learning rate itself. Stop and set learning_rate to 1, and "
                        "text_encoder_learning_rate to 1 or 0.";
  }
  if (config.optimizer == OptimizerKind::Adafactor && config.adafactorRelativeStep) return {};
  const bool lora = config.method == TrainMethod::Lora;
  const auto rate = std::max(config.learningRate, config.textEncoderLearningRate);
  if (lora && parameters <= kSmallSize && rate < kLowLoraRate) {
    return "A LoRA on so small a model learns slowly at this rate. If nothing shows, set learning_rate to about 4e-3 and "
           "text_encoder_learning_rate to 2e-3.";
  }
  if (parameters < kFullSize || rate < (lora ? kHighLoraRate : kHighRate)) return {};
  if (lora) {
    return "The learning rate is high even for a LoRA on a model of this size. Stop and set learning_rate to about 1e-4 "
           "and text_encoder_learning_rate to 5e-5.";
  }
  return "The learning rate suits the small embedded base; a model of this size soon forgets what it knew. Stop and set "
         "learning_rate to about 5e-6 and text_encoder_learning_rate to 2e-6.";
}

Result<int> trainedResolution(const StableDiffusion& model, const TrainConfig& config) {
  if (config.resolution == 0) return model.defaultResolution();
  const auto multiple = model.sizeMultiple();
  if (config.resolution < multiple || config.resolution % multiple != 0) {
    const auto nearest = std::max<std::int64_t>(multiple, (config.resolution + multiple / 2) / multiple * multiple);
    return invalid("This model can't train at " + std::to_string(config.resolution) +
                   " px: resolution must be a multiple of " + std::to_string(multiple) + ". The nearest is " +
                   std::to_string(nearest) + ".");
  }
  return static_cast<int>(config.resolution);
}

Result<void> checkTrainJob(const StableDiffusion& model, const TrainJob& job) {
  const auto& config = job.config;
  LK_CHECK(checkSubjectsOf(job));
  for (const auto& prompt : config.previewPrompts) LK_CHECK(checkSubjectMarks(prompt, job.set.subjects.size()));
  if (config.steps < 1 || config.batchSize < 1 || config.gradientAccumulation < 1) {
    return invalid("steps, batch_size and gradient_accumulation must be at least 1.");
  }
  LK_CHECK(checkDraws(model.schedule, config));
  LK_CHECK(checkBlocks(model, config));
  if (config.method == TrainMethod::Lora && loraNumbers(model, config) == 0) {
    return invalid("Nothing would learn: lora_block_ranks and block_learning_rates leave every layer out. Raise one.");
  }
  if (config.earlyStop > 0 && config.validateEvery == 0) {
    return invalid("early_stop counts validations, and there are none. Set validate_every, or early_stop to 0.");
  }
  LK_CHECK(checkWord(model, job));
  LK_TRY(const auto resolution, trainedResolution(model, config));
  for (const auto& subject : job.set.subjects) {
    LK_CHECK(checkPictures(subject, resolution, model.sizeMultiple()));
  }
  return {};
}

Result<TrainOutcome> train(StableDiffusion& model, const TrainJob& job, JobControl& control,
                           TrainObserver& observer) {
  LK_CHECK(checkTrainJob(model, job));
  const ThreadCountGuard threads(threadsToKeep(job, observer));
  LK_CHECK(noteThreads(job.runFolder));
  const torch::AutoGradMode gradients(true);
  try {
    return TrainingRun(model, job, control, observer).go();
  } catch (const ErrorException& failed) {
    return failed.error();
  }
}

}  // namespace likeness
