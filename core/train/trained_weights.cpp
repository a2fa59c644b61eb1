#include "core/train/trained_weights.h"

namespace likeness {
namespace {

constexpr const char* kUnetPrefix = "unet.";
constexpr const char* kTextEncoderPrefix = "text_encoder.";

void ownMemory(torch::nn::Module& module) {
  const torch::NoGradGuard noGrad;
  for (auto& parameter : module.parameters()) {
    const auto format = parameter.dim() == 4 ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
    parameter.set_data(parameter.detach().clone(format));
  }
}

void requireGradients(torch::nn::Module& module, bool required) {
  for (auto& parameter : module.parameters()) {
    parameter.set_requires_grad(required);
    parameter.mutable_grad().reset();
  }
}

std::shared_ptr<EmbeddingImpl> tokenEmbedding(ClipTextModelImpl& model, std::string& name) {
  for (const auto& entry : model.named_modules()) {
    if (entry.key().ends_with("token_embedding")) {
      name = entry.key() + ".weight";
      return std::dynamic_pointer_cast<EmbeddingImpl>(entry.value());
    }
  }
  return nullptr;
}

}  // namespace

TrainedWeights::TrainedWeights(StableDiffusion& model, const TrainConfig& config, const torch::Tensor& ids)
    : m_model(model), m_textEncoderLearns(config.textEncoderLearningRate > 0) {
  const AdamWOptions options{.weightDecay = config.weightDecay};
  ownMemory(*model.unet);
  requireGradients(*model.unet, true);
  NamedTensors parameters;
  for (const auto& entry : model.unet->named_parameters()) parameters.emplace_back(entry.key(), entry.value());
  m_unet = AdamW(std::move(parameters), options);
  if (!m_textEncoderLearns) return;

  ownMemory(*model.textEncoder);
  requireGradients(*model.textEncoder, true);
  std::string tokensName;
  const auto tokens = tokenEmbedding(*model.textEncoder, tokensName);
  TORCH_CHECK(tokens, "the text encoder has no token embedding");
  tokens->sparseGradient = true;
  m_tokens = EmbeddingRows(tokensName, tokens->weight, ids, options);
  parameters.clear();
  for (const auto& entry : model.textEncoder->named_parameters()) {
    if (entry.key() != tokensName) parameters.emplace_back(entry.key(), entry.value());
  }
  m_textEncoder = AdamW(std::move(parameters), options);
}

TrainedWeights::~TrainedWeights() {
  freezeTextEncoder();
  requireGradients(*m_model.unet, false);
}

void TrainedWeights::freezeTextEncoder() {
  if (!m_textEncoderLearns) return;
  settle();
  requireGradients(*m_model.textEncoder, false);
  std::string name;
  tokenEmbedding(*m_model.textEncoder, name)->sparseGradient = false;
  m_textEncoder = AdamW();
  m_tokens = EmbeddingRows();
  m_textEncoderLearns = false;
}

std::vector<torch::Tensor> TrainedWeights::gradients() const {
  std::vector<torch::Tensor> list;
  m_unet.collectGradients(list);
  if (m_textEncoderLearns) {
    m_textEncoder.collectGradients(list);
    list.push_back(m_tokens.gradient());
  }
  return list;
}

void TrainedWeights::clearGradients() {
  m_unet.clearGradients();
  if (!m_textEncoderLearns) return;
  m_textEncoder.clearGradients();
  m_tokens.clearGradient();
}

void TrainedWeights::step(std::int64_t step, double learningRate, double textEncoderLearningRate) {
  m_unet.step(step, learningRate);
  if (!m_textEncoderLearns) return;
  m_textEncoder.step(step, textEncoderLearningRate);
  m_tokens.step(step, textEncoderLearningRate);
}

NamedTensors TrainedWeights::optimizerState() const {
  NamedTensors state;
  m_unet.saveState(state, kUnetPrefix);
  if (m_textEncoderLearns) {
    m_textEncoder.saveState(state, kTextEncoderPrefix);
    m_tokens.saveState(state, kTextEncoderPrefix);
  }
  return state;
}

Result<void> TrainedWeights::loadOptimizerState(const SafetensorsFile& file) {
  LK_CHECK(m_unet.loadState(file, kUnetPrefix));
  if (!m_textEncoderLearns) return {};
  LK_CHECK(m_textEncoder.loadState(file, kTextEncoderPrefix));
  return m_tokens.loadState(file, kTextEncoderPrefix);
}

}  // namespace likeness
