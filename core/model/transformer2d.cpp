#include "core/model/transformer2d.h"

namespace likeness {

namespace {

constexpr double kGroupNormEps = 1e-6;
constexpr double kLayerNormEps = 1e-5;
constexpr std::int64_t kFeedForwardFactor = 4;

/// A gated linear unit: half the projection, times the GELU of the other half.
class GegluImpl : public torch::nn::Module {
 public:
  GegluImpl(std::int64_t in, std::int64_t out) : m_proj(register_module("proj", Linear(in, 2 * out))) {}
  torch::Tensor forward(const torch::Tensor& x) const {
    const auto halves = m_proj->forward(x).chunk(2, -1);
    const torch::Tensor gate = at::gelu(halves[1]);
    return at::GradMode::is_enabled() ? gate * halves[0] : gate.mul_(halves[0]);
  }

 private:
  Linear m_proj;
};
TORCH_MODULE(Geglu);

/// The two layers of the feed-forward net stand at 0 and 2 of diffusers' list; 1 is dropout.
class FeedForwardNetImpl : public torch::nn::Module {
 public:
  explicit FeedForwardNetImpl(std::int64_t width)
      : m_in(register_module("0", Geglu(width, kFeedForwardFactor * width))),
        m_out(register_module("2", Linear(kFeedForwardFactor * width, width))) {}
  torch::Tensor forward(const torch::Tensor& x) const { return m_out->forward(m_in->forward(x)); }

 private:
  Geglu m_in;
  Linear m_out;
};
TORCH_MODULE(FeedForwardNet);

class FeedForwardImpl : public torch::nn::Module {
 public:
  explicit FeedForwardImpl(std::int64_t width) : m_net(register_module("net", FeedForwardNet(width))) {}
  torch::Tensor forward(const torch::Tensor& x) const { return m_net->forward(x); }

 private:
  FeedForwardNet m_net;
};
TORCH_MODULE(FeedForward);

}  // namespace

/// Self-attention, attention to the text, feed-forward, each after a layer norm and with a residual connection.
class TransformerBlockImpl : public torch::nn::Module {
 public:
  explicit TransformerBlockImpl(const Transformer2dImpl::Shape& shape)
      : m_norm1(register_module("norm1", LayerNorm(shape.channels, kLayerNormEps))),
        m_self(register_module("attn1", Attention(AttentionImpl::Shape{.width = shape.channels,
                                                                       .contextWidth = shape.channels,
                                                                       .heads = shape.heads,
                                                                       .inFloat32 = shape.attentionInFloat32}))),
        m_norm2(register_module("norm2", LayerNorm(shape.channels, kLayerNormEps))),
        m_cross(register_module("attn2", Attention(AttentionImpl::Shape{.width = shape.channels,
                                                                        .contextWidth = shape.contextWidth,
                                                                        .heads = shape.heads,
                                                                        .inFloat32 = shape.attentionInFloat32}))),
        m_norm3(register_module("norm3", LayerNorm(shape.channels, kLayerNormEps))),
        m_feedForward(register_module("ff", FeedForward(shape.channels))) {}

  torch::Tensor forward(torch::Tensor x, const torch::Tensor& context) const {
    const torch::Tensor own = m_norm1->forward(x);
    x = addInto(m_self->forward(own, own), x);
    x = addInto(m_cross->forward(m_norm2->forward(x), context), x);
    return addInto(m_feedForward->forward(m_norm3->forward(x)), x);
  }

 private:
  LayerNorm m_norm1;
  Attention m_self;
  LayerNorm m_norm2;
  Attention m_cross;
  LayerNorm m_norm3;
  FeedForward m_feedForward;
};

Transformer2dImpl::Transformer2dImpl(const Shape& shape)
    : m_norm(register_module("norm", GroupNorm(shape.normGroups, shape.channels, kGroupNormEps))) {
  if (shape.linearProjection) {
    m_linearIn = register_module("proj_in", Linear(shape.channels, shape.channels));
  } else {
    m_convIn = register_module("proj_in", Conv2d(shape.channels, shape.channels, 1));
  }
  torch::nn::ModuleList blocks;
  for (std::int64_t i = 0; i < shape.layers; ++i) {
    m_blocks.push_back(std::make_shared<TransformerBlockImpl>(shape));
    blocks->push_back(m_blocks.back());
  }
  register_module("transformer_blocks", blocks);
  if (shape.linearProjection) {
    m_linearOut = register_module("proj_out", Linear(shape.channels, shape.channels));
  } else {
    m_convOut = register_module("proj_out", Conv2d(shape.channels, shape.channels, 1));
  }
}

namespace {

bool isChannelsLast(const torch::Tensor& map) { return map.is_contiguous(at::MemoryFormat::ChannelsLast); }

/// [B, C, h, w] to [B, h·w, C]; a view where the map lies channels last.
torch::Tensor toTokens(const torch::Tensor& map) { return map.permute({0, 2, 3, 1}).flatten(1, 2); }

torch::Tensor toMap(const torch::Tensor& tokens, at::IntArrayRef mapSize) {
  return tokens.view({mapSize[0], mapSize[2], mapSize[3], -1}).permute({0, 3, 1, 2});
}

}  // namespace

torch::Tensor Transformer2dImpl::projectIn(const torch::Tensor& map) const {
  if (m_linearIn) return m_linearIn->forward(toTokens(map));
  if (!isChannelsLast(map) || m_convIn->isAdapted()) return toTokens(m_convIn->forward(map));
  // Over tokens a 1×1 convolution is a linear map: one matrix product.
  return at::linear(toTokens(map), m_convIn->weight.flatten(1), m_convIn->bias);
}

torch::Tensor Transformer2dImpl::projectOut(const torch::Tensor& tokens, at::IntArrayRef mapSize,
                                            bool channelsLast) const {
  if (m_convOut && !channelsLast) return m_convOut->forward(toMap(tokens, mapSize).contiguous());
  if (m_convOut && m_convOut->isAdapted()) return m_convOut->forward(toMap(tokens, mapSize));
  const torch::Tensor projected = m_linearOut
                                      ? m_linearOut->forward(tokens)
                                      : at::linear(tokens, m_convOut->weight.flatten(1), m_convOut->bias);
  const torch::Tensor map = toMap(projected, mapSize);
  return channelsLast ? map : map.contiguous();
}

torch::Tensor Transformer2dImpl::forward(const torch::Tensor& x, const torch::Tensor& context) const {
  torch::Tensor tokens = projectIn(m_norm->forward(x));
  for (const auto& block : m_blocks) tokens = block->forward(tokens, context);
  return addInto(projectOut(tokens, x.sizes(), isChannelsLast(x)), x);
}

}  // namespace likeness
