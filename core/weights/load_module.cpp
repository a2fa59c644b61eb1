#include "core/weights/load_module.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/tensor/memory.h"
#include "core/weights/safetensors_header.h"

namespace likeness {
namespace {

struct Source {
  const TensorSource* file = nullptr;
  std::string key;
};

bool isPositionIds(const std::string& name) {
  return name == "position_ids" || name.ends_with(".position_ids");
}

// Names that other versions use for the same tensor: the older attention blocks of the VAE, and CLIP's prefix.
std::vector<std::string> aliases(const std::string& name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kAttention{
      {{".query.", ".to_q."}, {".key.", ".to_k."}, {".value.", ".to_v."}, {".proj_attn.", ".to_out.0."}}};
  constexpr std::string_view kPrefix = "text_model.";
  std::vector<std::string> names;
  for (const auto& [before, after] : kAttention) {
    const auto at = name.rfind(before);
    if (at != std::string::npos) {
      names.push_back(std::string(name).replace(at, before.size(), after));
    }
  }
  names.push_back(name.starts_with(kPrefix) ? name.substr(kPrefix.size()) : std::string(kPrefix) + name);
  return names;
}

// A linear weight may be stored as a 1×1 convolution and the reverse; anything else must fit exactly.
bool shapeFits(at::IntArrayRef stored, at::IntArrayRef wanted) {
  if (stored == wanted) return true;
  const auto& longer = stored.size() > wanted.size() ? stored : wanted;
  const auto& shorter = stored.size() > wanted.size() ? wanted : stored;
  return longer.size() == 4 && shorter.size() == 2 && longer.slice(0, 2) == shorter && longer[2] == 1 && longer[3] == 1;
}

// `quoted`: as names of a file, which may hold anything.
std::string listed(const char* what, const std::vector<std::string>& names, bool quoted = false) {
  constexpr std::size_t kShown = 2;
  if (names.empty()) return {};
  std::string text = std::to_string(names.size()) + " " + what + " (";
  for (std::size_t i = 0; i < std::min(kShown, names.size()); ++i) {
    text += (i == 0 ? "" : "; ") + (quoted ? quotedName(names[i]) : names[i]);
  }
  return text + (names.size() > kShown ? "; …)" : ")");
}

// The module's parameters and buffers, and where each comes from.
class Plan {
 public:
  Plan(torch::nn::Module& module, const TensorSources& files, const LoadOptions& options) {
    for (auto& entry : module.named_parameters()) add(entry.key(), entry.value());
    for (auto& entry : module.named_buffers()) add(entry.key(), entry.value());
    // Exact names first, so that an alias never takes the place of the real one.
    std::vector<std::pair<std::string, Source>> others;
    for (const auto& file : files) {
      for (const auto& [key, info] : file->tensors()) {
        const auto name = options.renameKey ? options.renameKey(key) : key;
        if (name.empty() || isPositionIds(name)) continue;
        if (!assign(name, {file.get(), key})) others.emplace_back(name, Source{file.get(), key});
      }
    }
    for (const auto& [name, source] : others) {
      const auto names = aliases(name);
      const auto takes = [&](const std::string& alias) { return assign(alias, source); };
      if (std::none_of(names.begin(), names.end(), takes)) report.unexpected.push_back(source.key);
    }
    check();
  }

  Result<void> apply(const LoadOptions& options) {
    torch::NoGradGuard guard;
    for (auto& target : m_targets) {
      if (options.control != nullptr && !options.control->proceed()) {
        return Error{ErrorCode::Cancelled, "Loading the model was stopped.", {}, {}};
      }
      const auto dtype = target.tensor.is_floating_point() ? options.dtype : target.tensor.scalar_type();
      const auto value = target.source.file->tensor(target.source.key).contiguous().view(target.tensor.sizes());
      const auto wanted = value.to(torch::TensorOptions(target.tensor.device()).dtype(dtype));
      if (!wanted.is_same(value)) releaseMirroredPages(value);  // there is a copy now
      target.tensor.set_data(wanted);
    }
    return {};
  }

  LoadReport report;

 private:
  struct Target {
    std::string name;
    torch::Tensor tensor;
    Source source;
  };

  void add(const std::string& name, const torch::Tensor& tensor) {
    if (!tensor.defined() || isPositionIds(name)) return;
    m_byName.emplace(name, m_targets.size());
    m_targets.push_back({name, tensor, {}});
  }

  bool assign(const std::string& name, Source source) {
    const auto found = m_byName.find(name);
    if (found == m_byName.end() || m_targets[found->second].source.file != nullptr) return false;
    m_targets[found->second].source = std::move(source);
    return true;
  }

  void check() {
    for (const auto& target : m_targets) {
      if (target.source.file == nullptr) {
        report.missing.push_back(target.name);
        continue;
      }
      const auto& stored = target.source.file->tensors().at(target.source.key).shape;
      if (!shapeFits(stored, target.tensor.sizes())) {
        report.wrongShape.push_back(target.name + " is " + shapeText(stored) + " in the file, " +
                                    shapeText(target.tensor.sizes()) + " in the model");
      }
    }
  }

  std::vector<Target> m_targets;
  std::unordered_map<std::string, std::size_t> m_byName;
};

std::string namesOf(const TensorSources& files) {
  if (files.empty()) return "The model";
  return files.front()->path().string() + (files.size() > 1 ? " and its other parts" : "");
}

}  // namespace

std::string LoadReport::sentence(const std::string& file) const {
  std::string found;
  for (const auto& part : {listed("missing", missing), listed("of a wrong shape", wrongShape),
                           listed("that the model does not know", unexpected, true)}) {
    if (!part.empty()) found += (found.empty() ? "" : ", ") + part;
  }
  if (found.empty()) return file + " fits the model.";
  if (complete()) return file + " fits the model, and holds tensors beyond it: " + found + ".";
  return file + " does not fit the model that its config.json describes. Tensors: " + found +
         ". Get the whole model folder again, or the config.json that belongs to it.";
}

std::string LoadReport::detail() const {
  std::string text;
  for (const auto& name : missing) text += "missing: " + name + "\n";
  for (const auto& line : wrongShape) text += "wrong shape: " + line + "\n";
  for (const auto& name : unexpected) text += "unexpected: " + name + "\n";
  return text;
}

Result<LoadReport> loadModule(torch::nn::Module& module, const TensorSources& files,
                              const LoadOptions& options) {
  Plan plan(module, files, options);
  const auto file = namesOf(files);
  if (!plan.report.complete()) {
    return Error{ErrorCode::Corrupt, plan.report.sentence(file), plan.report.detail(),
                 files.empty() ? std::string() : files.front()->path().string()};
  }
  if (!plan.report.unexpected.empty()) LK_LOG_WARN("{}\n{}", plan.report.sentence(file), plan.report.detail());
  LK_CHECK(plan.apply(options));
  return std::move(plan.report);
}

LoadReport compareModule(torch::nn::Module& module, const TensorSources& files) {
  return std::move(Plan(module, files, {}).report);
}

}  // namespace likeness
