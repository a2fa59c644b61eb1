#include "core/train/training_run.h"

#include <cmath>

#include "core/base/log.h"
#include "core/model/memory_layout.h"
#include "core/tensor/memory.h"
#include "core/train/lr_schedule.h"
#include "core/train/narrow_weights.h"
#include "core/train/token_vectors.h"
#include "core/train/training_material.h"

namespace likeness {
namespace {

constexpr std::int64_t kPromptsOfItem = 3;  // at most: its own, its class's, and the empty one
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double secondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

[[noreturn]] void fail(ErrorCode code, std::string sentence) { throw ErrorException({code, std::move(sentence)}); }

}  // namespace

TrainingRun::TrainingRun(StableDiffusion& model, const TrainJob& job, JobControl& control, TrainObserver& observer)
    : m_model(model),
      m_job(job),
      m_config(job.config),
      m_control(control),
      m_observer(observer),
      m_ownDraws(job.config),
      m_photosAtOnce(job.config.batchSize),
      m_recompute(job.config.gradientCheckpointing) {
  if (m_config.precision == Precision::Fp16) m_scale.emplace();
}

TrainingRun::~TrainingRun() {
  setRecompute(m_model, false);
  try {
    wake();
  } catch (const std::exception& failure) {  // the run has failed already, or its model is gone
    LK_LOG_WARN("a part of the model did not come back: {}", failure.what());
  }
}

TrainOutcome TrainingRun::go() {
  cleanCheckpoints(m_job.runFolder);
  loadWeights();
  narrowFrozenWeights(m_model, m_config);
  announce();
  m_model.embeddings.clear();
  if (tokenVectorCount(m_config) > 0) {
    addNewWord(m_model, m_config, wordOf(m_job)).value();
  }
  if (m_config.previewScores) m_scorer.emplace(m_model, m_config, m_job.set);
  chooseIdleParts();
  encode();
  prepareWeights();
  m_observer.onStart(m_first);
  try {
    trainLoop();
  } catch (const ErrorException& stopped) {
    if (stopped.error().code != ErrorCode::Cancelled) throw;
    if (!m_last || m_last->step != m_done) saveCheckpoint(kNaN);
    fail(ErrorCode::Cancelled, "Stopped after step " + std::to_string(m_done) + " of " +
                                   std::to_string(m_config.steps) + "; a checkpoint is saved, so training can go on.");
  }
  swapAverage();
  m_weights->settle();
  wake();
  if (!endsEarly() || m_done >= lastStep()) return {m_first, m_done, *m_last};
  return {m_first, m_done, *m_last, earlyStopSentence(m_validations, m_config, listCheckpoints(m_job.runFolder))};
}

void TrainingRun::loadWeights() {
  if (m_job.resumeFrom.empty()) return;
  m_resumed = readCheckpointState(m_job.resumeFrom).value();
  if (!m_resumed->modelIdentity.empty() && !m_job.modelIdentity.empty() &&
      m_resumed->modelIdentity != m_job.modelIdentity) {
    fail(ErrorCode::InvalidArgument, "The checkpoint " + m_job.resumeFrom.string() +
                                         " was trained from another base model. Open that model or train anew.");
  }
  checkPrompts();
  if (m_resumed->config.method != m_config.method) {
    fail(ErrorCode::InvalidArgument, "The checkpoint " + m_job.resumeFrom.string() +
                                         " was trained with another method. Set method back, or train anew.");
  }
  // The numbers of LoRAs and new words are put into those that prepareWeights() makes.
  if (m_config.method == TrainMethod::Full) {
    loadTrainedWeights(m_model, m_job.resumeFrom, LoraMode::Live, WeightsFor::Training).value();
  }
  m_first = m_done = m_resumed->step;
  m_validations = m_resumed->validations;
  if (m_scale && m_resumed->lossScale) m_scale = m_resumed->lossScale;
  if (m_resumed->photosAtOnce > 0) m_photosAtOnce = std::min(m_photosAtOnce, m_resumed->photosAtOnce);
  m_recompute = m_recompute || m_resumed->recompute;
  for (const auto& info : listCheckpoints(m_job.runFolder)) {
    if (info.folder == m_job.resumeFrom) m_last = info;
  }
  if (!m_last) m_last = CheckpointInfo{m_done, m_job.resumeFrom, m_resumed->validationLoss, false};
}

void TrainingRun::checkPrompts() const {
  const auto now = m_job.set.prompts();
  const auto& then = m_resumed->prompts;
  if (then == now) return;
  if (then.size() != now.size()) {
    fail(ErrorCode::InvalidArgument, "The checkpoint was trained with " + std::to_string(then.size()) +
                                         " subjects, not " + std::to_string(now.size()) +
                                         ". Put them back as they were or train anew.");
  }
  const auto other = std::ranges::mismatch(then, now);
  fail(ErrorCode::InvalidArgument, "The checkpoint was trained as \"" + other.in1->instance + "\", not as \"" +
                                       other.in2->instance + "\". Put the subject's words back or train anew.");
}

void TrainingRun::announce() {
  const auto photos = m_job.set.photos();
  const auto subjects = m_job.set.subjects.size();
  auto sentence = std::string(m_first > 0 ? "Going on from step " + std::to_string(m_first) + ": " : "") +
                  std::to_string(finished() ? 0 : lastStep() - m_first) + " steps on " +
                  std::to_string(photos) + (photos == 1 ? " photo" : " photos") +
                  (subjects > 1 ? " of " + std::to_string(subjects) + " subjects" : "") +
                  (m_config.flip ? ", mirrored too" : "");
  if (m_config.priorWeight > 0) {
    sentence += m_config.priorPrediction ? ", and the model's own predictions of their classes"
                                         : ", and " + std::to_string(m_job.set.classImages()) + " class images";
  }
  const std::string text = m_model.textEncoder2 ? "both text encoders" : "text encoder";
  const bool textLearns = textEncoderLearnsAt(m_first) && m_config.textEncoderLearningRate > 0;
  if (m_config.method == TrainMethod::TextualInversion) {
    sentence += "; only the vectors of a new word learn.";
  } else if (m_config.method == TrainMethod::Lora) {
    const std::string word = tokenVectorCount(m_config) > 0 && textEncoderLearnsAt(m_first) ? ", with a new word" : "";
    sentence += "; a LoRA learns beside the UNet" + (textLearns ? " and " + text : "") + word + ".";
  } else {
    sentence += textEncoderLearnsAt(m_first) ? "; UNet and " + text + " learn." : "; the UNet learns.";
  }
  m_observer.onNotice({false, m_first > 0 ? "resuming" : "training", sentence});
  announceWord();
  std::int64_t parameters = 0;
  for (const auto& parameter : m_model.unet->parameters()) parameters += parameter.numel();
  if (auto advice = learningRateAdvice(parameters, m_config); !advice.empty()) {
    m_observer.onNotice({true, "learning_rate", std::move(advice)});
  }
  if (endsEarly()) {
    m_observer.onNotice({true, "early_stop", earlyStopSentence(m_validations, m_config, listCheckpoints(m_job.runFolder)) +
                                                 " Raise early_stop, or set it to 0, to train further."});
  } else if (finished()) {
    m_observer.onNotice({true, "nothing_left", "All " + std::to_string(m_config.steps) +
                                                   " steps are done already. Raise `steps` to train further."});
  }
}

void TrainingRun::announceWord() {
  const auto count = tokenVectorCount(m_config);
  if (count == 0) return;
  const auto word = wordOf(m_job);
  m_observer.onNotice({false, "new_word",
                       "\"" + word.token + "\" stands for " + std::to_string(count) +
                           (count == 1 ? " vector" : " vectors") + " of its own; it starts as \"" + word.init + "\"."});
  if (m_config.method == TrainMethod::TextualInversion && m_config.priorWeight > 0) {
    m_observer.onNotice({true, "priors_idle",
                         "What a word means does not touch its class, so the class images only take time here. Stop and "
                         "set prior_weight to 0."});
  }
}

void TrainingRun::encode() {
  m_material.emplace(prepareMaterial(m_model, m_job, m_control, m_observer));
  m_pass.emplace(m_model, m_config, *m_material, m_job.draws ? *m_job.draws : m_ownDraws);
  rest();
  releaseFreedMemory();  // what encoding took; training takes blocks of other sizes
  m_pass->setAdapterSwitch([this](bool on) { m_weights->switchLoras(on); });
}

void TrainingRun::prepareWeights() {
  m_weights.emplace(m_model, m_config, m_material->text.readIds());
  if (m_resumed && tokenVectorCount(m_config) > 0) {
    loadVectors(m_model.embeddings.back(), m_job.resumeFrom / kEmbeddingFile).value();
  }
  if (m_config.method == TrainMethod::Lora) {
    std::int64_t words = 0;
    for (const auto& word : m_model.embeddings) {
      for (const auto& vectors : word.vectors) words += vectors.numel();
    }
    const auto numbers = std::to_string(m_weights->count() - words);
    m_observer.onNotice({false, "lora", "The LoRA has " + numbers + " numbers; the model stays as it is."});
    if (m_resumed) m_weights->loadLoras(m_job.resumeFrom / kLoraFile).value();
  }
  if (!textEncoderLearnsAt(m_first)) m_weights->freezeTextEncoder();
  if (m_config.emaDecay > 0) m_average.emplace(m_weights->parameters(), m_config);
  applyLess();
  if (!m_resumed) return;
  if (m_average && m_resumed->config.emaDecay > 0) {
    m_average->loadState(SafetensorsFile::open(averageFile(m_job.resumeFrom)).value()).value();
  }
  if (finished()) return;
  const auto file = SafetensorsFile::open(m_job.resumeFrom / "optimizer.safetensors");
  m_weights->loadOptimizerState(file.value()).value();
}

void TrainingRun::chooseIdleParts() {
  const auto onCpu = [](const torch::nn::Module& part) { return part.parameters().front().is_cpu(); };
  std::error_code ignored;
  if (!m_config.offload || !std::filesystem::exists(m_model.path, ignored) || !onCpu(*m_model.vae)) return;
  // An inpainting UNet is told of a masked picture at each step, which the VAE encodes.
  if (!m_model.isInpainting()) m_idleVae.emplace_back(m_model.path, "vae", m_model.vae.ptr());
  // Learnt weights are in no file of the model's.
  if (m_config.textEncoderLearningRate > 0 || tokenVectorCount(m_config) > 0) return;
  m_idleText.emplace_back(m_model.path, "text_encoder", m_model.textEncoder.ptr());
  if (m_model.textEncoder2) m_idleText.emplace_back(m_model.path, "text_encoder_2", m_model.textEncoder2.ptr());
}

void TrainingRun::rest() {
  const auto leave = [](std::vector<OffloadedPart>& parts) {
    bool any = false;
    for (auto& part : parts) any = any || !part.isAway(), part.leave();
    return any;
  };
  const bool vae = leave(m_idleVae);
  const bool text = m_material->text.isRemembered() && leave(m_idleText);
  if (vae || text) releaseFreedMemory();
}

void TrainingRun::wake() {
  for (auto* parts : {&m_idleVae, &m_idleText}) {
    for (auto& part : *parts) part.comeBack();
  }
}

void TrainingRun::freezeText() {
  m_weights->freezeTextEncoder();
  if (m_average) m_average->keepOnly(m_weights->parameters());
}

void TrainingRun::trainLoop() {
  if (m_first == 0) {
    MetricPoint before{0, kNaN, kNaN, kNaN, kNaN, kNaN, kNaN, kNaN};
    if (m_config.validateEvery > 0) validateInto(before), m_observer.onMetrics(before);
    if (m_config.previewEvery > 0) makePreviews();
  }
  while (!finished()) {
    auto point = trainStep();
    rest();
    const bool asked = m_control.take(JobRequest::Checkpoint);
    const bool wanted = finished() || asked || due(m_config.checkpointEvery);
    if (m_config.validateEvery > 0 && (wanted || due(m_config.validateEvery))) validateInto(point);
    const bool save = wanted || endsEarly();
    m_observer.onMetrics(point);
    reportProgress();
    if (m_control.take(JobRequest::Preview) || due(m_config.previewEvery)) makePreviews();
    if (save) saveCheckpoint(point.validationLoss);
  }
}

DreamBoothLoss TrainingRun::passBackward(const MicroBatch& batch) {
  m_weights->beginPass(m_done, batch.lanes, m_pass->encodedPrompts(batch),
                       m_material->text.use() == PromptUse::All ? 0 : kPromptsOfItem);
  const auto losses = m_pass->losses(batch, m_weights->textEncoderLearns());
  auto loss = dreamBoothLoss(losses, batch.instances, m_config.batchSize * m_config.gradientAccumulation,
                             m_config.priorWeight);
  (m_scale ? loss.total * m_scale->scale : loss.total).backward();
  m_weights->endPass();
  return loss;
}

MetricPoint TrainingRun::trainStep() {
  const auto start = Clock::now();
  m_waited = 0;
  if (m_weights->textEncoderLearns() && !textEncoderLearnsAt(m_done)) freezeText();
  const auto losses = passes();
  MetricPoint point;
  update(point, losses.instance, losses.prior);
  const auto seconds = secondsSince(start) - m_waited;
  m_secondsPerStep = m_secondsPerStep == 0 ? seconds : 0.9 * m_secondsPerStep + 0.1 * seconds;
  point.stepsPerSecond = 1.0 / std::max(seconds, 1e-9);
  return point;
}

void TrainingRun::update(MetricPoint& point, const torch::Tensor& instanceLoss, const torch::Tensor& priorLoss) {
  const auto gradients = m_weights->gradients();
  const auto done = updates();
  if (m_scale && !gradients.empty()) at::_foreach_mul_(gradients, 1 / m_scale->scale);
  point.gradNorm = gradientNorm(gradients).item<double>();
  point.instanceLoss = instanceLoss.item<double>();
  point.priorLoss = priorLoss.defined() ? priorLoss.item<double>() : kNaN;
  // The norm is not finite if any gradient isn't, so this one look covers every tensor; the weights are still good.
  const bool finite = std::isfinite(point.gradNorm) && std::isfinite(point.instanceLoss) &&
                      (!priorLoss.defined() || std::isfinite(point.priorLoss));
  if (m_scale) m_scale->update(finite);
  if (!finite && (!m_scale || m_scale->hopeless())) stopNotFinite();
  const auto factor = lrFactor(m_config.lrSchedule, done, m_config.lrWarmupSteps, m_config.steps,
                               {m_config.lrCycles, m_config.lrPower});
  const auto rate = factor * m_config.learningRate, textRate = factor * m_config.textEncoderLearningRate;
  point.learningRate = rate * m_weights->rateScale();
  point.textEncoderLearningRate = m_weights->textEncoderLearns() ? textRate * m_weights->textRateScale() : 0;
  const auto tokenRate = factor * m_config.tokenLearningRate;
  if (m_config.method == TrainMethod::TextualInversion) {  // the only rate there is
    point.learningRate = tokenRate * m_weights->tokenRateScale();
    point.textEncoderLearningRate = 0;
  }
  if (finite) {
    const auto scale = m_config.maxGradNorm > 0 ? clipFactor(point.gradNorm, m_config.maxGradNorm) : 1.0;
    m_weights->step(done + 1, {rate, textRate, tokenRate}, scale);
    if (m_average) m_average->update(done + 1);
  }
  m_weights->clearGradients();  // now, so that the next forward pass has their memory
  point.step = ++m_done;
  point.validationLoss = kNaN;
}

void TrainingRun::stopNotFinite() const {
  auto sentence = "The loss or a gradient stopped being a number at step " + std::to_string(m_done + 1) + ". ";
  if (m_scale) sentence += std::to_string(m_scale->skippedInARow) + " steps in a row had to be left out. ";
  sentence += m_last ? "The last good checkpoint, of step " + std::to_string(m_last->step) + ", is kept. "
                     : "No checkpoint had been saved yet. ";
  fail(ErrorCode::NotFinite, sentence + (m_config.precision == Precision::Fp32
                                             ? "Lower the learning rate, then train again."
                                             : "Lower the learning rate or set precision to fp32, then train again."));
}

void TrainingRun::proceed() {
  const auto start = Clock::now();
  m_control.proceedOrThrow();
  m_waited += secondsSince(start);
}

bool TrainingRun::textEncoderLearnsAt(std::int64_t step) const {
  if (m_config.method == TrainMethod::TextualInversion) return true;
  return (m_config.textEncoderLearningRate > 0 || tokenVectorCount(m_config) > 0) &&
         (m_config.textEncoderStopStep == 0 || step < m_config.textEncoderStopStep);
}

void TrainingRun::reportProgress() {
  const auto left = static_cast<double>(lastStep() - m_done) * m_secondsPerStep;
  m_observer.onProgress({"Training", m_done, lastStep(), left, 1.0 / m_secondsPerStep, residentBytes()});
}

}  // namespace likeness
