#include "core/sample/offloaded_part.h"

#include "core/weights/layouts/model_files.h"
#include "core/weights/load_module.h"

namespace likeness {
namespace {

// True of a convolution's kernel that is not laid out as in a file.
bool isChannelsLast(const torch::Tensor& weight) {
  return weight.dim() == 4 && !weight.is_contiguous() && weight.is_contiguous(at::MemoryFormat::ChannelsLast);
}

}  // namespace

void OffloadedPart::leave() {
  if (isAway()) return;
  for (auto& parameter : m_module->parameters()) {
    m_kept.push_back({parameter.scalar_type(), isChannelsLast(parameter)});
    // One number that stands for all, so that sizes stay.
    parameter.set_data(torch::zeros({1}, torch::kFloat32).expand(parameter.sizes()));
  }
}

void OffloadedPart::comeBack() {
  if (!isAway()) return;
  const auto files = openModelFiles(m_model).value();
  const auto part = files.parts.find(m_part);
  if (part == files.parts.end()) {
    throw ErrorException({ErrorCode::NotFound,
                          m_model.string() + " has lost its " + m_part +
                              " meanwhile. Put the model back and go on with --resume.",
                          {},
                          m_model.string()});
  }
  static_cast<void>(loadModule(*m_module, {part->second.weights}).value());
  auto parameters = m_module->parameters();
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    auto weight = parameters[i].detach().to(m_kept[i].dtype);
    if (m_kept[i].channelsLast) weight = weight.contiguous(at::MemoryFormat::ChannelsLast);
    parameters[i].set_data(weight);
  }
  m_kept.clear();
}

}  // namespace likeness
