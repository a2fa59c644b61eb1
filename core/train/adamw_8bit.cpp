#include "core/train/adamw_8bit.h"

#include <algorithm>
#include <cmath>

namespace likeness {
namespace {

NamedTensors smallOnes(const NamedTensors& parameters) {
  NamedTensors small;
  for (const auto& entry : parameters) {
    if (entry.second.numel() < kFewestQuantised) small.push_back(entry);
  }
  return small;
}

// All of a tensor's numbers in the order of its memory, which has no gaps.
torch::Tensor flat(const torch::Tensor& tensor) {
  TORCH_CHECK(tensor.is_non_overlapping_and_dense(), "a parameter with gaps in its memory");
  return tensor.detach().as_strided({tensor.numel()}, {1});
}

// The numbers of one update, in fp32 as the GPU kernel has them.
struct Coefficients {
  float beta1, beta2, eps, stepSize, decay;
};

struct Block {
  float* weight;
  const float* gradient;
  std::uint8_t *code1, *code2;
  float *largest1, *largest2;
  std::int64_t count;
};

constexpr std::int64_t kLanes = 8;  // side by side, so that the compiler can use wide instructions

// The largest of some numbers that are not negative, taken in lanes.
struct Largest {
  float lanes[kLanes]{};
  void take(std::int64_t lane, float x) { lanes[lane] = x > lanes[lane] ? x : lanes[lane]; }
  [[nodiscard]] float all() const { return *std::max_element(lanes, lanes + kLanes); }
};

// New moments in place of the old ones, which are given over their block's largest, and the weights' update.
void stepNumbers(const Block& block, const Coefficients& c, float* first, float* second) {
  Largest most1, most2;
  const auto largest1 = *block.largest1, largest2 = *block.largest2;
  for (std::int64_t begin = 0; begin < block.count; begin += kLanes) {
    const auto lanes = std::min(kLanes, block.count - begin);
    for (std::int64_t lane = 0; lane < lanes; ++lane) {
      const auto i = begin + lane;
      const auto g = block.gradient[i];
      first[i] = first[i] * largest1 * c.beta1 + (1.0f - c.beta1) * g;
      second[i] = second[i] * largest2 * c.beta2 + (1.0f - c.beta2) * g * g;
      most1.take(lane, std::abs(first[i]));
      most2.take(lane, second[i]);
      block.weight[i] = (block.weight[i] + c.stepSize * (first[i] / (std::sqrt(second[i]) + c.eps))) * c.decay;
    }
  }
  *block.largest1 = most1.all();
  *block.largest2 = most2.all();
}

void divide(float* numbers, std::int64_t count, float divisor) {
  for (std::int64_t i = 0; i < count; ++i) numbers[i] = divisor > 0 ? numbers[i] / divisor : 0.0f;
}

// In passes that do one thing each: the arithmetic is then done on several numbers at a time.
void stepBlock(const Block& block, const Coefficients& c, const DynamicMap& map1, const DynamicMap& map2) {
  float first[kQuantisedBlock], second[kQuantisedBlock];
  for (std::int64_t i = 0; i < block.count; ++i) first[i] = map1.value(block.code1[i]);
  for (std::int64_t i = 0; i < block.count; ++i) second[i] = map2.value(block.code2[i]);
  stepNumbers(block, c, first, second);
  divide(first, block.count, *block.largest1);
  divide(second, block.count, *block.largest2);
  for (std::int64_t i = 0; i < block.count; ++i) {
    const auto code = map1.nearest(first[i]);
    block.code1[i] = static_cast<std::uint8_t>(code - static_cast<int>(first[i] < 0 && map1.value(code) >= 0));
  }
  for (std::int64_t i = 0; i < block.count; ++i) block.code2[i] = map2.nearest(second[i]);
}

}  // namespace

AdamW8bit::AdamW8bit(NamedTensors parameters, const AdamWOptions& options)
    : Optimizer(std::move(parameters)), m_options(options), m_small(smallOnes(m_parameters), options) {
  for (std::size_t i = 0; i < m_parameters.size(); ++i) {
    const auto& [name, parameter] = m_parameters[i];
    const auto count = parameter.numel();
    if (count < kFewestQuantised) continue;
    const auto blocks = (count + kQuantisedBlock - 1) / kQuantisedBlock;
    const auto codes = [&, &name = name](const char* what) { return keep(name + what, at::zeros({count}, torch::kUInt8)); };
    const auto scales = [&, &name = name](const char* what) {
      return keep(name + what, at::zeros({blocks}, torch::kFloat32));
    };
    m_large.push_back({i, codes(".exp_avg.codes"), codes(".exp_avg_sq.codes"), scales(".exp_avg.largest"),
                       scales(".exp_avg_sq.largest")});
  }
}

void AdamW8bit::update(const Update& now) {
  const torch::NoGradGuard noGrad;
  noteDecay(1.0 - now.learningRate * m_options.weightDecay);
  m_small.step(now.step, now.learningRate, now.gradientScale);
  for (const auto& large : m_large) stepLarge(large, now);
}

void AdamW8bit::stepLarge(const Large& large, const Update& now) {
  const auto given = gradientOf(large.which, now.gradientScale);
  if (!given.defined()) return;
  auto own = flat(m_parameters[large.which].second);
  const auto weight = own.cpu(), gradient = flat(given).cpu();
  const auto count = static_cast<double>(now.step);
  const auto correction1 = 1 - std::pow(m_options.beta1, count), correction2 = std::sqrt(1 - std::pow(m_options.beta2,
                                                                                                      count));
  const auto number = [](double value) { return static_cast<float>(value); };
  const Coefficients c{number(m_options.beta1), number(m_options.beta2), number(m_options.eps * correction2),
                       number(-now.learningRate * correction2 / correction1), number(lastDecay(0))};
  auto* w = weight.mutable_data_ptr<float>();
  const auto* g = gradient.const_data_ptr<float>();
  auto* code1 = large.codes1.mutable_data_ptr<std::uint8_t>();
  auto* code2 = large.codes2.mutable_data_ptr<std::uint8_t>();
  auto* largest1 = large.largest1.mutable_data_ptr<float>();
  auto* largest2 = large.largest2.mutable_data_ptr<float>();
  const auto total = weight.numel();
  at::parallel_for(0, large.largest1.numel(), 16, [&](std::int64_t begin, std::int64_t end) {
    for (auto block = begin; block < end; ++block) {
      const auto at = block * kQuantisedBlock;
      stepBlock({w + at, g + at, code1 + at, code2 + at, largest1 + block, largest2 + block,
                 std::min(kQuantisedBlock, total - at)},
                c, m_signed, m_unsigned);
    }
  });
  if (!own.is_cpu()) own.copy_(weight);
}

void AdamW8bit::saveState(NamedTensors& out, const std::string& prefix) const {
  Optimizer::saveState(out, prefix);
  m_small.saveState(out, prefix);
}

Result<void> AdamW8bit::loadState(const SafetensorsFile& file, const std::string& prefix) {
  LK_CHECK(Optimizer::loadState(file, prefix));
  return m_small.loadState(file, prefix);
}

}  // namespace likeness
