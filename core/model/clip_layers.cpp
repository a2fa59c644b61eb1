#include "core/model/clip_layers.h"

#include "core/model/attention.h"

namespace likeness {

/// Attention with transformers' names: q_proj, k_proj, v_proj, out_proj.
class ClipAttentionImpl : public torch::nn::Module {
 public:
  explicit ClipAttentionImpl(const ClipLayerShape& shape)
      : m_heads(shape.heads),
        m_causal(shape.causal),
        m_k(register_module("k_proj", Linear(shape.width, shape.width))),
        m_v(register_module("v_proj", Linear(shape.width, shape.width))),
        m_q(register_module("q_proj", Linear(shape.width, shape.width))),
        m_out(register_module("out_proj", Linear(shape.width, shape.width))) {}

  torch::Tensor forward(const torch::Tensor& x) const {
    return m_out->forward(attend(m_q->forward(x), m_k->forward(x), m_v->forward(x), m_heads, m_causal));
  }

 private:
  std::int64_t m_heads;
  bool m_causal;
  Linear m_k, m_v, m_q, m_out;
};

class ClipMlpImpl : public torch::nn::Module {
 public:
  explicit ClipMlpImpl(const ClipLayerShape& shape)
      : m_quickGelu(shape.quickGelu),
        m_fc1(register_module("fc1", Linear(shape.width, shape.innerWidth))),
        m_fc2(register_module("fc2", Linear(shape.innerWidth, shape.width))) {}

  torch::Tensor forward(const torch::Tensor& x) const {
    const torch::Tensor hidden = m_fc1->forward(x);
    return m_fc2->forward(m_quickGelu ? hidden * torch::sigmoid(1.702 * hidden) : at::gelu(hidden));
  }

 private:
  bool m_quickGelu;
  Linear m_fc1, m_fc2;
};

ClipEncoderLayerImpl::ClipEncoderLayerImpl(const ClipLayerShape& shape)
    : m_attention(register_module("self_attn", std::make_shared<ClipAttentionImpl>(shape))),
      m_norm1(register_module("layer_norm1", LayerNorm(shape.width, shape.eps))),
      m_mlp(register_module("mlp", std::make_shared<ClipMlpImpl>(shape))),
      m_norm2(register_module("layer_norm2", LayerNorm(shape.width, shape.eps))) {
  if (!shape.scaled) return;
  const auto like = m_norm1->weight.options();
  m_scale1 = register_parameter("scale1", torch::empty({shape.width}, like));
  m_scale2 = register_parameter("scale2", torch::empty({shape.width}, like));
}

torch::Tensor ClipEncoderLayerImpl::forward(torch::Tensor x) const {
  auto attended = m_attention->forward(m_norm1->forward(x));
  x = addInto(m_scale1.defined() ? attended * m_scale1 : attended, x);
  auto fed = m_mlp->forward(m_norm2->forward(x));
  return addInto(m_scale2.defined() ? fed * m_scale2 : fed, x);
}

ClipEncoderImpl::ClipEncoderImpl(const ClipLayerShape& shape, std::int64_t count) {
  torch::nn::ModuleList layers;
  for (std::int64_t i = 0; i < count; ++i) {
    m_layers.push_back(std::make_shared<ClipEncoderLayerImpl>(shape));
    layers->push_back(m_layers.back());
  }
  register_module("layers", layers);
}

}  // namespace likeness
