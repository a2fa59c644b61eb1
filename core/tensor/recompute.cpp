#include "core/tensor/recompute.h"

#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

namespace likeness {
namespace {

// A thread's autocast state at a moment.
struct AutocastState {
  explicit AutocastState(at::DeviceType type)
      : device(type),
        enabled(at::autocast::is_autocast_enabled(type)),
        dtype(at::autocast::get_autocast_dtype(type)),
        cached(at::autocast::is_autocast_cache_enabled()) {}

  void set(bool cache) const {
    at::autocast::set_autocast_enabled(device, enabled);
    at::autocast::set_autocast_dtype(device, dtype);
    at::autocast::set_autocast_cache_enabled(cache);
  }

  at::DeviceType device;
  bool enabled;
  at::ScalarType dtype;
  bool cached;
};

// An earlier autocast state within a scope. Casts of weights are not remembered there: they belong to this scope's graph.
class AutocastReplay {
 public:
  explicit AutocastReplay(const AutocastState& state) : m_before(state.device) { state.set(false); }
  ~AutocastReplay() { m_before.set(m_before.cached); }
  AutocastReplay(const AutocastReplay&) = delete;
  AutocastReplay& operator=(const AutocastReplay&) = delete;

 private:
  AutocastState m_before;
};

// What the backward pass needs to run the part again, besides its inputs.
struct Recipe : torch::CustomClassHolder {
  Recipe(RecomputedPart given, AutocastState state) : part(std::move(given)), autocast(state) {}
  RecomputedPart part;
  AutocastState autocast;
};

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// The same tensors as the start of a graph of their own.
variable_list leaves(at::TensorList tensors) {
  variable_list list;
  for (const auto& tensor : tensors) list.push_back(tensor.detach().set_requires_grad(tensor.requires_grad()));
  return list;
}

class Recomputed : public torch::autograd::Function<Recomputed> {
 public:
  // `anchor` requires a gradient, so that the backward pass comes by even where only parameters inside do.
  static torch::Tensor forward(AutogradContext* context, const c10::intrusive_ptr<Recipe>& recipe,
                               const torch::Tensor& anchor, at::TensorList inputs) {
    static_cast<void>(anchor);
    context->saved_data["recipe"] = c10::IValue::make_capsule(recipe);
    context->save_for_backward(inputs.vec());
    // With grad mode and a graph that is gone at once: some parts compute otherwise without, and both results must agree.
    const torch::AutoGradMode gradMode(true);
    const AutocastReplay autocast(recipe->autocast);
    return recipe->part(leaves(inputs)).detach();
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const auto recipe = c10::static_intrusive_pointer_cast<Recipe>(context->saved_data["recipe"].toCapsule());
    const auto saved = context->get_saved_variables();
    const auto inputs = leaves(saved);
    {
      const torch::AutoGradMode gradMode(true);
      torch::Tensor result;
      {
        const AutocastReplay autocast(recipe->autocast);
        result = recipe->part(inputs);
      }
      if (result.requires_grad() && gradients[0].defined()) torch::autograd::backward({result}, {gradients[0]});
    }
    variable_list answer(2);  // none for the recipe and the anchor
    for (const auto& tensor : inputs) answer.push_back(tensor.grad());
    return answer;
  }
};

}  // namespace

torch::Tensor runPart(bool recompute, const RecomputedPart& part, std::vector<torch::Tensor> inputs) {
  if (!at::GradMode::is_enabled()) return part(inputs);
  if (recompute) {
    const auto anchor = torch::ones({1}, torch::requires_grad());
    const auto recipe = c10::make_intrusive<Recipe>(part, AutocastState(inputs.front().device().type()));
    return Recomputed::apply(recipe, anchor, at::TensorList(inputs));
  }
  // A view of each, so that its gradients within the part are added up before they meet those from elsewhere: in
  // floating point the order matters, and the other way has this one.
  for (auto& input : inputs) {
    if (input.requires_grad()) input = input.view_as(input);
  }
  return part(inputs);
}

}  // namespace likeness
