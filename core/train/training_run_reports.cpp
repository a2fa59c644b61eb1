#include <array>
#include <cmath>
#include <map>

#include "core/api/overfitting.h"
#include "core/sample/autocast.h"
#include "core/sample/text_to_image.h"
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
    point.validationLoss = m_pass->validationLoss(m_weights->textEncoderLearns(), m_control);
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
  const auto rising = [this] {
    std::vector<double> losses;
    for (const auto& [step, each] : m_validations) losses.push_back(each);
    return overfittingSince(losses).has_value();
  };
  const bool said = rising();
  m_validations.push_back({m_done, loss});
  if (said || !rising()) return;
  m_observer.onNotice({true, "overfitting",
                       "The validation loss has been rising: the model starts to overfit. The best checkpoint so far is "
                       "kept; you may stop here."});
}

void TrainingRun::makePreviews() {
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
  options.width = options.height = m_job.set.subjects.front().instances.front().width;
  const auto shown = options.prompts;
  GenerateCallbacks callbacks;
  callbacks.onImage = [&](std::int64_t index, ImagePtr image) {
    m_observer.onPreview({"", m_done, static_cast<int>(index), shown[static_cast<std::size_t>(index)], std::move(image)});
  };
  static_cast<void>(generate(m_model, options, m_control, callbacks));
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
