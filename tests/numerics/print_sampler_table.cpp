#include <cstdio>
#include <map>
#include <set>

#include "tests/numerics/sampler_cases.h"

using namespace likeness;

namespace {

// One row of the table: a sampler with one kind of prediction.
struct Row {
  std::set<std::string> references, schedules;
  int cases = 0;
  double worst = 0;
};

std::string joined(const std::set<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string predictionOf(const Json& config) {
  if (config.value("rescale_betas_zero_snr", false)) return "v, zero SNR";
  return config.value("prediction_type", "epsilon") == "epsilon" ? "epsilon" : "v";
}

}  // namespace

/// Runs every case of the sampler fixtures and prints the table of docs/samplers.md; 1 if one deviates by 1e-4 or more.
int printSamplerTable() {
  const DiffusionFixtures fixtures("samplers");
  std::map<std::pair<std::size_t, std::string>, Row> rows;
  for (const auto& entry : fixtures.cases()) {
    const SamplerCase one{fixtures, entry};
    auto& row = rows[{static_cast<std::size_t>(one.sampler()), predictionOf(fixtures.config(entry))}];
    row.references.insert(entry["reference"].get<std::string>());
    row.schedules.insert(entry["schedule"].get<std::string>());
    row.worst = std::max(row.worst, deviation(runCase(one), fixtures.of(entry, "trajectory")));
    ++row.cases;
  }
  bool good = true;
  std::printf("| sampler | prediction | cases | schedules | reference | largest deviation |\n|---|---|---|---|---|---|\n");
  for (const auto& [key, row] : rows) {
    good = good && row.worst < 1e-4;
    std::printf("| %s | %s | %d | %s | %s | %.1e |\n", samplerNames()[key.first].c_str(), key.second.c_str(), row.cases,
                joined(row.schedules).c_str(), joined(row.references).c_str(), row.worst);
  }
  return good ? 0 : 1;
}
