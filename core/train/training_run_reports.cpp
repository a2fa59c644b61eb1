#include <array>
#include <algorithm>
#include <cmath>
#include <map>

#include "core/model/memory_layout.h"
#include "core/sample/autocast.h"
#include "core/sample/text_to_image.h"
#include "core/tensor/out_of_memory.h"
#include "core/text/prompt.h"
#include "core/train/token_vectors.h"
#include "core/train/training_run.h"

namespace likeness {
namespace {

constexpr int kPreviewSteps = 25;
constexpr double kPreviewGuidance = 4.0;

// Runs something on scope's end, an exception's too.
template <typename Action>
class AtEnd {
 public:
  explicit AtEnd(Action action) : m_action(std::move(action)) {}
  ~AtEnd() { m_action(); }
  AtEnd(const AtEnd&) = delete;
  AtEnd& operator=(const AtEnd&) = delete;

 private:
  Action m_action;
};

}  // namespace

void TrainingRun::swapAverage() {
  if (!m_average) return;
  m_average->swap();
  m_weights->publish();
}

void TrainingRun::validateInto(MetricPoint& point) {
  try {
    swapAverage();
    const AtEnd restore([this] { swapAverage(); });
    for (bool done = false; !done;) {
      try {
        point.validationLoss = m_pass->validationLoss(m_weights->textEncoderLearns(), m_control);
        done = true;
      } catch (...) {
        if (!isOutOfMemory()) throw;
        takeLess();
      }
    }
  } catch (const ErrorException&) {
    m_observer.onMetrics(point);  // the step is done and its checkpoint follows, so its record must not be lost
    throw;
  }
  watchValidation(point.validationLoss);
  tellLoraNorms();
}

void TrainingRun::tellLoraNorms() {
  std::map<LoraComponent, std::vector<double>> norms;
  for (const auto& lora : m_weights->loras()) norms[lora.target.component].push_back(changeNorm(lora.change));
  constexpr std::array kParts{std::pair(LoraComponent::Unet, "unet"),
                              std::pair(LoraComponent::TextEncoder, "text_encoder"),
                              std::pair(LoraComponent::TextEncoder2, "text_encoder_2")};
  for (const auto& [component, name] : kParts) {
    if (!norms[component].empty()) m_observer.onLoraNorms(m_done, name, norms[component]);
  }
}

void TrainingRun::watchValidation(double loss) {
  m_validations.push_back({m_done, loss});
  auto sentence = overfittingSentence(m_validations, listCheckpoints(m_job.runFolder));
  if (!sentence.empty()) m_observer.onNotice({true, "overfitting", std::move(sentence)});
}

// Nothing is learnt from them, so a run does without where there is no memory for them.
void TrainingRun::makePreviews() {
  try {
    generatePreviews();
  } catch (...) {
    if (!isOutOfMemory()) throw;
    m_observer.onNotice({true, "less_memory", "There was not enough memory for the previews of step " +
                                                  std::to_string(m_done) + "; training goes on without them."});
  }
}

void TrainingRun::generatePreviews() {
  wake();
  m_weights->settle();
  swapAverage();
  const AtEnd restore([this] { swapAverage(); });
  // What lies in bf16 or fp16 is widened for each use; the UNet's passes then narrow as precision says.
  const auto device = m_model.unet->parameters().front().device().type();
  const AutocastScope wide(device, hasNarrowWeights(m_config), torch::kFloat32);
  auto prompts = m_config.previewPrompts;
  for (const auto& subject : m_job.set.subjects) {
    if (m_config.previewPrompts.empty()) prompts.push_back(subject.instancePrompt);
  }
  GenerateOptions options;
  for (std::size_t i = 0; i < prompts.size(); ++i) {
    options.prompts.push_back(resolvePrompt(prompts[i], m_job.set.tokens()));
    options.seeds.push_back(i);  // the same at every step, so that pictures can be compared
  }
  options.steps = kPreviewSteps;
  options.guidance = kPreviewGuidance;
  options.computeIn = scalarTypeOf(m_config.precision);
  options.width = options.height = trainedResolution(m_model, m_config).value();
  sendPreviews(generate(m_model, options, m_control, {}).images, prompts);
  rest();
}

std::size_t TrainingRun::subjectOf(const std::string& prompt) const {
  const auto words = resolvePrompt(prompt, m_job.set.tokens());
  const auto& subjects = m_job.set.subjects;
  const auto named = std::ranges::find_if(
      subjects, [&](const TrainingSubject& one) { return words.find(one.identifierToken) != std::string::npos; });
  return named == subjects.end() ? 0 : static_cast<std::size_t>(named - subjects.begin());
}

std::vector<Scores> TrainingRun::scoresOf(const std::vector<ImagePtr>& made, const std::vector<std::string>& prompts) {
  std::vector<Scores> all(made.size());
  for (std::size_t subject = 0; m_scorer && subject < m_job.set.subjects.size(); ++subject) {
    const auto& one = m_job.set.subjects[subject];
    std::vector<std::size_t> places;
    std::vector<ImagePtr> pictures;
    std::vector<std::string> plain;  // a score model knows nothing of tokens
    for (std::size_t i = 0; i < made.size(); ++i) {
      if (subjectOf(prompts[i]) != subject) continue;
      places.push_back(i);
      pictures.push_back(made[i]);
      const std::vector<std::string> none(m_job.set.subjects.size());
      plain.push_back(prompts[i] == one.instancePrompt ? one.classPrompt : resolvePrompt(prompts[i], none));
    }
    const auto scores = m_scorer->score(pictures, plain, subject, *m_material, m_control);
    for (std::size_t i = 0; i < places.size(); ++i) all[places[i]] = scores[i];
  }
  return all;
}

void TrainingRun::sendPreviews(const std::vector<ImagePtr>& made, const std::vector<std::string>& prompts) {
  const auto scores = scoresOf(made, prompts);
  for (std::size_t i = 0; i < made.size(); ++i) {
    const auto shown = resolvePrompt(prompts[i], m_job.set.tokens());
    m_observer.onPreview({"", m_done, static_cast<int>(i), shown, made[i], scores[i]});
  }
}

// Copies, since the LoRAs themselves go on learning.
std::vector<LoraModule> TrainingRun::averageLoras() {
  swapAverage();
  const AtEnd restore([this] { swapAverage(); });
  auto loras = m_weights->loras();
  for (auto& lora : loras) {
    for (auto* tensor : {&lora.change.down, &lora.change.up, &lora.change.magnitude}) {
      if (tensor->defined()) *tensor = tensor->detach().clone();
    }
  }
  return loras;
}

std::vector<torch::Tensor> TrainingRun::averageVectors() {
  swapAverage();
  const AtEnd restore([this] { swapAverage(); });
  std::vector<torch::Tensor> copies;
  for (const auto& vectors : m_model.embeddings.back().vectors) copies.push_back(vectors.detach().clone());
  return copies;
}

CheckpointInfo TrainingRun::saveCheckpoint(double validationLoss) {
  m_weights->settle();
  CheckpointState state;
  state.step = m_done;
  state.config = m_config;
  state.modelIdentity = m_job.modelIdentity;
  state.prompts = m_job.set.prompts();
  state.validationLoss = validationLoss;
  state.textEncoder = m_config.textEncoderLearningRate > 0;
  state.lossScale = m_scale;
  state.validations = m_validations;
  state.threads = at::get_num_threads();
  if (m_photosAtOnce < m_config.batchSize) state.photosAtOnce = m_photosAtOnce;
  state.recompute = m_recompute && !m_config.gradientCheckpointing;
  LearntTensors learnt{m_weights->loras(), {}, {}};
  const bool word = tokenVectorCount(m_config) > 0;
  if (word) {
    state.token = wordOf(m_job).token;
    learnt.token = m_model.embeddings.back().vectors;
  }
  if (m_average && word) learnt.averageToken = averageVectors();
  if (m_average) {
    learnt.average = m_average->state();
    for (auto& rows : m_weights->embeddingRows()) learnt.average.push_back(std::move(rows));
    learnt.averageLoras = averageLoras();
  }
  m_last = writeCheckpoint(m_job.runFolder, m_model, m_weights->optimizerState(), state, learnt).value();
  pruneCheckpoints(m_job.runFolder, m_config.keepCheckpoints, m_last->folder);
  m_observer.onCheckpoint(*m_last);
  return *m_last;
}

}  // namespace likeness
