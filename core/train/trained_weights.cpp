#include "core/train/trained_weights.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/api/option_kinds.h"
#include "core/model/memory_layout.h"
#include "core/sample/applied_loras.h"
#include "core/tensor/memory.h"
#include "core/train/block_choices.h"
#include "core/train/narrow_weights.h"
#include "core/train/rounded_optimizer.h"
#include "core/train/token_vectors.h"

namespace likeness {
namespace {

// Where the items of passes that hold priors alone begin.
constexpr std::uint32_t kPriorsAlone = 1u << 20;

constexpr const char* kUnetPrefix = "unet.";
constexpr std::array kTextPrefixes{"text_encoder.", "text_encoder_2."};

void ownMemory(torch::Tensor& parameter, torch::ScalarType dtype) {
  const torch::NoGradGuard noGrad;
  const auto format = parameter.dim() == 4 ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
  const auto before = parameter.detach();
  parameter.set_data(before.to(dtype, /*non_blocking=*/false, /*copy=*/true, format));
  releaseMirroredPages(before);  // one after the other, so that the model isn't there twice
}

void requireGradient(torch::Tensor& parameter, bool required) {
  parameter.set_requires_grad(required);
  parameter.mutable_grad().reset();
}

void requireNoGradients(torch::nn::Module& module) {
  for (auto& parameter : module.parameters()) requireGradient(parameter, false);
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

bool learns(const std::string& name, TrainBlocks blocks) {
  switch (blocks) {
    case TrainBlocks::All:
      return true;
    case TrainBlocks::Attention:
      return name.find(".attentions.") != std::string::npos;
    case TrainBlocks::CrossAttention:
      return name.find(".attn2.") != std::string::npos;
    case TrainBlocks::Up:
      return name.starts_with("up_blocks.");
  }
  return true;
}

bool learns(const std::string& name, const TrainConfig& config) {
  return learns(name, config.trainBlocks) && blockRate(config, name) > 0;
}

namespace {

const char* prefixOf(LoraComponent component) {
  if (component == LoraComponent::Unet) return kUnetPrefix;
  return kTextPrefixes[component == LoraComponent::TextEncoder ? 0 : 1];
}

}  // namespace

TrainedWeights::TrainedWeights(StableDiffusion& model, const TrainConfig& config, const std::vector<torch::Tensor>& ids)
    : m_model(model), m_textLearns(config.textEncoderLearningRate > 0 || tokenVectorCount(config) > 0) {
  if (config.method != TrainMethod::Full) {
    useChannelsLast(*m_model.unet);
    if (config.method == TrainMethod::Lora) learnLoras(config);
    if (tokenVectorCount(config) > 0) learnWords(config);
    return;
  }
  m_bf16Passes = config.precision == Precision::Bf16;
  learnUnet(config);
  if (!m_textLearns) return;
  const auto encoders = model.textEncoders();
  TORCH_CHECK(encoders.size() == ids.size(), "token ids for each text encoder");
  for (std::size_t i = 0; i < encoders.size(); ++i) learnText(encoders[i].model, kTextPrefixes.at(i), ids[i], config);
}

void TrainedWeights::learnUnet(const TrainConfig& config) {
  std::map<double, NamedTensors> parameters;  // by their block's rate
  for (auto& entry : m_model.unet->named_parameters()) {
    const auto& name = entry.key();
    auto& parameter = entry.value();
    // Also of those that stay, so that all convolutions are channels last.
    ownMemory(parameter, storedDtype(name, parameter, config.weightsDtype));
    if (!learns(name, config)) continue;
    requireGradient(parameter, true);
    parameters[blockRate(config, name)].emplace_back(name, parameter);
  }
  TORCH_CHECK(!parameters.empty(), "the UNet has no weights of the kind that train_blocks names");
  for (auto& [rate, own] : parameters) addGroup(config, kUnetPrefix, false, rate, 1, std::move(own));
}

// Groups of another rate have a name of their own for what their optimizer keeps of all of them, such as Prodigy's rate.
void TrainedWeights::addGroup(const TrainConfig& config, const std::string& prefix, bool text, double blockRate,
                              double ownRate, NamedTensors parameters) {
  if (parameters.empty()) return;
  const auto state = blockRate == 1 ? prefix : prefix + "rate " + option_kinds::numberText(blockRate) + ".";
  auto optimizer = makeOptimizerFor(config, std::move(parameters), m_groups.size());
  m_groups.push_back({prefix, state, text, blockRate * ownRate, std::move(optimizer)});
}

void TrainedWeights::learnText(ClipTextModel encoder, std::string prefix, const torch::Tensor& ids,
                               const TrainConfig& config) {
  for (auto& entry : encoder->named_parameters()) {
    ownMemory(entry.value(), storedDtype(entry.key(), entry.value(), config.weightsDtype));
    requireGradient(entry.value(), true);
  }
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
  addGroup(config, prefix, true, 1, 1, std::move(parameters));
  m_text.push_back({encoder, std::move(prefix), m_groups.back().optimizer.get(), std::move(rows)});
}

void TrainedWeights::learnWords(const TrainConfig& config) {
  TORCH_CHECK(!m_model.embeddings.empty(), "the model was given no new word, see addNewWord()");
  auto own = config;
  own.weightDecay = config.tokenWeightDecay;
  const auto encoders = m_model.textEncoders();
  for (std::size_t i = 0; i < encoders.size(); ++i) {
    NamedTensors vectors;
    for (auto& word : m_model.embeddings) {
      requireGradient(word.vectors.at(i), true);
      vectors.emplace_back("token." + std::to_string(vectors.size()), word.vectors[i]);
    }
    m_groups.push_back({kTextPrefixes.at(i), kTextPrefixes.at(i), true, 1, makeOptimizer(own, std::move(vectors)), true});
    if (config.tokenRetract) m_spreads.push_back(spreadOfWords(encoders[i].model));
  }
}

void TrainedWeights::retractWords() {
  if (!m_textLearns) return;
  for (auto& word : m_model.embeddings) {
    for (std::size_t i = 0; i < m_spreads.size(); ++i) retractVectors(word.vectors[i], m_spreads[i]);
  }
}

void TrainedWeights::learnLoras(const TrainConfig& config) {
  m_unetDropout = std::make_shared<LowRankDropout>(LowRankDropout{config.loraDropout, config.seed, 0, {}});
  m_textDropout = std::make_shared<LowRankDropout>(*m_unetDropout);
  m_adapters = attachLoras(m_model, config);
  for (auto& adapter : m_adapters) {
    adapter.change->dropout = adapter.target.component == LoraComponent::Unet ? m_unetDropout : m_textDropout;
  }
  for (const auto& [component, module] : loraParts(m_model)) {
    const bool text = component != LoraComponent::Unet;
    std::map<double, std::pair<NamedTensors, NamedTensors>> byRate;  // LoRA+: up has a rate of its own
    for (const auto& [target, layer, change] : m_adapters) {
      if (target.component != component) continue;
      auto& [slow, fast] = byRate[text ? 1.0 : blockRate(config, target.name)];
      slow.emplace_back(target.name + ".down", change->down);
      if (change->magnitude.defined()) slow.emplace_back(target.name + ".magnitude", change->magnitude);
      fast.emplace_back(target.name + ".up", change->up);
    }
    const std::string prefix = prefixOf(component);
    for (auto& [rate, halves] : byRate) {
      auto& [slow, fast] = halves;
      if (config.loraPlusRatio == 1) {
        slow.insert(slow.end(), fast.begin(), fast.end());
        fast.clear();
      }
      addGroup(config, prefix, text, rate, 1, std::move(slow));
      addGroup(config, prefix + "fast.", text, rate, config.loraPlusRatio, std::move(fast));
    }
  }
}

TrainedWeights::~TrainedWeights() {
  dropNothing();
  freezeTextEncoder();
  requireNoGradients(*m_model.unet);
  for (auto& adapter : m_adapters) freeze(adapter);
}

void TrainedWeights::freezeTextEncoder() {
  settle();
  for (auto& text : m_text) {
    requireNoGradients(*text.encoder);
    std::string name;
    tokenEmbedding(*text.encoder, name)->sparseGradient = false;
  }
  m_text.clear();
  for (auto& adapter : m_adapters) {
    if (adapter.target.component != LoraComponent::Unet) freeze(adapter);
  }
  for (auto& word : m_model.embeddings) {
    for (auto& vectors : word.vectors) requireGradient(vectors, false);
  }
  std::erase_if(m_groups, [](const Group& group) { return group.text; });
  m_textLearns = false;
}

void TrainedWeights::beginPass(std::int64_t step, std::span<const std::uint32_t> lanes, std::int64_t prompts,
                               std::int64_t promptsOfItem) {
  if (!m_unetDropout) return;
  dropNothing();
  m_unetDropout->lanes.assign(lanes.begin(), lanes.end());
  // A text encoder sees each prompt once a pass; the pass's first sample keeps it apart from others of the step.
  const auto item = static_cast<std::int64_t>(lanes.front() / 2 + (lanes.front() % 2) * kPriorsAlone);
  const auto first = (promptsOfItem > 0 ? promptsOfItem : prompts) * item;
  for (std::int64_t prompt = 0; m_textLearns && prompt < prompts; ++prompt) {
    m_textDropout->lanes.push_back(static_cast<std::uint32_t>(first + prompt));
  }
  m_unetDropout->step = m_textDropout->step = static_cast<std::uint64_t>(step);
}

void TrainedWeights::endPass() {
  for (auto& text : m_text) text.tokens.takeGradient();
  dropNothing();
}

void TrainedWeights::abandonPass() {
  for (auto& text : m_text) text.tokens.dropGradient();
  dropNothing();
}

void TrainedWeights::dropNothing() {
  for (const auto& dropout : {m_unetDropout, m_textDropout}) {
    if (dropout) dropout->lanes.clear();
  }
}

std::vector<torch::Tensor> TrainedWeights::gradients() const {
  std::vector<torch::Tensor> list;
  for (const auto& group : m_groups) group.optimizer->collectGradients(list);
  return list;
}

void TrainedWeights::clearGradients() {
  for (auto& group : m_groups) group.optimizer->clearGradients();
}

void TrainedWeights::narrowGradients(bool narrow) {
  for (auto& group : m_groups) {
    for (const auto& [name, parameter] : group.optimizer->parameters()) {
      if (parameter.scalar_type() != torch::kFloat32) continue;
      const bool narrowed = narrow && m_bf16Passes && mayBeNarrow(name, parameter);
      parameter.set_grad_dtype(narrowed ? torch::kBFloat16 : torch::kFloat32);
    }
  }
}

void TrainedWeights::step(std::int64_t step, const LearningRates& rates, double gradientScale) {
  for (auto& group : m_groups) {
    const auto rate = group.token ? rates.token : group.text ? rates.textEncoder : rates.unet;
    group.optimizer->step(step, group.rate * rate, gradientScale);
  }
  retractWords();
  for (auto& text : m_text) {
    text.tokens.afterStep(text.optimizer->lastDecay(text.optimizer->parameters().size() - 1));
  }
}

std::int64_t TrainedWeights::count() const {
  std::int64_t sum = 0;
  for (const auto& group : m_groups) {
    for (const auto& [name, parameter] : group.optimizer->parameters()) sum += parameter.numel();
  }
  return sum;
}

NamedTensors TrainedWeights::parameters() const {
  NamedTensors all;
  for (const auto& group : m_groups) {
    for (const auto& [name, parameter] : group.optimizer->parameters()) all.emplace_back(group.prefix + name, parameter);
  }
  return all;
}

double TrainedWeights::rateScale(bool text) const {
  const auto found = std::ranges::find(m_groups, text, &Group::text);
  return found == m_groups.end() ? 1.0 : found->optimizer->rateScale();
}

double TrainedWeights::tokenRateScale() const {
  const auto found = std::ranges::find(m_groups, true, &Group::token);
  return found == m_groups.end() ? 1.0 : found->optimizer->rateScale();
}

NamedTensors TrainedWeights::embeddingRows() const {
  NamedTensors all;
  for (const auto& text : m_text) text.tokens.saveState(all, text.prefix);
  return all;
}

void TrainedWeights::switchLoras(bool on) {
  for (const auto& [target, layer, change] : m_adapters) {
    if (on) {
      layer->attach(change);
    } else {
      layer->detach(*change);
    }
  }
}

NamedTensors TrainedWeights::optimizerState() const {
  NamedTensors state;
  for (const auto& group : m_groups) group.optimizer->saveState(state, group.state);
  for (const auto& text : m_text) text.tokens.saveState(state, text.prefix);
  return state;
}

Result<void> TrainedWeights::loadOptimizerState(const SafetensorsFile& file) {
  for (auto& text : m_text) LK_CHECK(text.tokens.checkState(file, text.prefix));
  for (auto& group : m_groups) LK_CHECK(group.optimizer->loadState(file, group.state));
  return {};
}

}  // namespace likeness
