#pragma once
#include "core/model/layers.h"

namespace likeness {

/// softmax(q·kᵀ/√d)·v for several heads.
/// Shapes: q [B, L, H·d], k and v [B, S, H·d]; result [B, L, H·d]. `causal`: token i sees tokens 0 … i; needs L = S.
/// `inFloat32`: compute in fp32 if the inputs are fp16, whose range the scores of SD 2.1 exceed.
[[nodiscard]] torch::Tensor attend(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                                   std::int64_t heads, bool causal = false, bool inFloat32 = false);

/// a + b, into a's memory where that changes nothing else. `a` must be the fresh result of a linear map or convolution.
[[nodiscard]] torch::Tensor addInto(torch::Tensor a, const torch::Tensor& b);

/// One member that diffusers keeps in a list: registered as "0".
template <typename Holder>
class ListOfOneImpl : public torch::nn::Module {
 public:
  explicit ListOfOneImpl(Holder item) : m_item(register_module("0", std::move(item))) {}
  [[nodiscard]] const Holder& item() const { return m_item; }

 private:
  Holder m_item;
};

/// Multi-head attention over tokens with diffusers' names: to_q, to_k, to_v, to_out.0.
class AttentionImpl : public torch::nn::Module {
 public:
  struct Shape {
    std::int64_t width;         ///< of the tokens that ask
    std::int64_t contextWidth;  ///< of the tokens that answer
    std::int64_t heads;
    bool qkvBias = false;
    bool inFloat32 = false;
  };
  explicit AttentionImpl(const Shape& shape);

  /// x [B, L, width], context [B, S, contextWidth]; result [B, L, width].
  torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& context) const;

 private:
  Shape m_shape;
  Linear m_toQ, m_toK, m_toV;
  std::shared_ptr<ListOfOneImpl<Linear>> m_toOut;
};
TORCH_MODULE(Attention);

}  // namespace likeness
