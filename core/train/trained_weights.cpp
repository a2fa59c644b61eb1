#include "core/train/trained_weights.h"

#include <array>

namespace likeness {
namespace {

constexpr const char* kUnetPrefix = "unet.";
constexpr std::array kTextPrefixes{"text_encoder.", "text_encoder_2."};

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

TrainedWeights::TrainedWeights(StableDiffusion& model, const TrainConfig& config, const std::vector<torch::Tensor>& ids)
    : m_model(model) {
  ownMemory(*model.unet);
  requireGradients(*model.unet, true);
  NamedTensors parameters;
  for (const auto& entry : model.unet->named_parameters()) parameters.emplace_back(entry.key(), entry.value());
  m_unet = makeOptimizer(config, std::move(parameters));
  if (config.textEncoderLearningRate <= 0) return;
  const auto encoders = model.textEncoders();
  TORCH_CHECK(encoders.size() == ids.size(), "token ids for each text encoder");
  for (std::size_t i = 0; i < encoders.size(); ++i) learnText(encoders[i].model, kTextPrefixes.at(i), ids[i], config);
}

void TrainedWeights::learnText(ClipTextModel encoder, std::string prefix, const torch::Tensor& ids,
                               const TrainConfig& config) {
  ownMemory(*encoder);
  requireGradients(*encoder, true);
  std::string tokensName;
  const auto tokens = tokenEmbedding(*encoder, tokensName);
  TORCH_CHECK(tokens, "the text encoder has no token embedding");
  tokens->sparseGradient = true;
  NamedTensors parameters;
  for (const auto& entry : encoder->named_parameters()) {
    if (entry.key() != tokensName) parameters.emplace_back(entry.key(), entry.value());
  }
  EmbeddingRows rows(tokensName, tokens->weight, ids);
  parameters.push_back(rows.parameter());
  m_text.push_back({encoder, std::move(prefix), makeOptimizer(config, std::move(parameters)), std::move(rows)});
}

TrainedWeights::~TrainedWeights() {
  freezeTextEncoder();
  requireGradients(*m_model.unet, false);
}

void TrainedWeights::freezeTextEncoder() {
  settle();
  for (auto& text : m_text) {
    requireGradients(*text.encoder, false);
    std::string name;
    tokenEmbedding(*text.encoder, name)->sparseGradient = false;
  }
  m_text.clear();
}

std::vector<torch::Tensor> TrainedWeights::gradients() const {
  std::vector<torch::Tensor> list;
  m_unet->collectGradients(list);
  for (const auto& text : m_text) text.optimizer->collectGradients(list);
  return list;
}

void TrainedWeights::clearGradients() {
  m_unet->clearGradients();
  for (auto& text : m_text) text.optimizer->clearGradients();
}

void TrainedWeights::step(std::int64_t step, double learningRate, double textEncoderLearningRate) {
  m_unet->step(step, learningRate);
  for (auto& text : m_text) {
    text.optimizer->step(step, textEncoderLearningRate);
    text.tokens.afterStep(text.optimizer->lastDecay(text.optimizer->parameters().size() - 1));
  }
}

NamedTensors TrainedWeights::parameters() const {
  NamedTensors all;
  for (const auto& [name, parameter] : m_unet->parameters()) all.emplace_back(kUnetPrefix + name, parameter);
  for (const auto& text : m_text) {
    for (const auto& [name, parameter] : text.optimizer->parameters()) all.emplace_back(text.prefix + name, parameter);
  }
  return all;
}

NamedTensors TrainedWeights::embeddingRows() const {
  NamedTensors all;
  for (const auto& text : m_text) text.tokens.saveState(all, text.prefix);
  return all;
}

NamedTensors TrainedWeights::optimizerState() const {
  NamedTensors state;
  m_unet->saveState(state, kUnetPrefix);
  for (const auto& text : m_text) {
    text.optimizer->saveState(state, text.prefix);
    text.tokens.saveState(state, text.prefix);
  }
  return state;
}

Result<void> TrainedWeights::loadOptimizerState(const SafetensorsFile& file) {
  LK_CHECK(m_unet->loadState(file, kUnetPrefix));
  for (auto& text : m_text) {
    LK_CHECK(text.tokens.checkState(file, text.prefix));
    LK_CHECK(text.optimizer->loadState(file, text.prefix));
  }
  return {};
}

}  // namespace likeness
