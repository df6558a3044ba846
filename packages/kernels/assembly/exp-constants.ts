// The constants of exp, each in every lane, as variables that nothing changes.
//
// V8 builds a literal of 128 bits anew wherever it is used, in three instructions, which for exp is as much work as the
// arithmetic itself. A variable is one load. They are exported (by index.ts) so that the compiler may not see through it.

export let F32_ROUNDER: v128 = f32x4.splat(12582912);
/** The rounder and the bias of the exponent: see powerOfTwo32. */
export let F32_ROUNDER_BIAS: v128 = f32x4.splat(12582912 + 127);
export let F32_MOST: v128 = f32x4.splat(89);
export let F32_LEAST: v128 = f32x4.splat(-104);
/** exp(−87) and exp(−708) are still normal numbers. */
export let F32_MODERATE: v128 = f32x4.splat(-87);
export let F32_LOG2E: v128 = f32x4.splat(1.4426950216293335);
export let F32_LN2_HIGH: v128 = f32x4.splat(-0.693145751953125);
export let F32_LN2_LOW: v128 = f32x4.splat(-1.428606765330187e-6);
export let F32_HALF: v128 = f32x4.splat(0.5);
export let F32_ONE: v128 = f32x4.splat(1);
export let F32_C3: v128 = f32x4.splat(0.1666663140058517);
export let F32_C4: v128 = f32x4.splat(4.166662320494652e-2);
export let F32_C5: v128 = f32x4.splat(8.357248269021511e-3);
export let F32_C6: v128 = f32x4.splat(1.3918773038312793e-3);

export let F64_ROUNDER: v128 = f64x2.splat(6755399441055744);
export let F64_ROUNDER_BIAS: v128 = f64x2.splat(6755399441055744 + 1023);
export let F64_MOST: v128 = f64x2.splat(710);
export let F64_LEAST: v128 = f64x2.splat(-746);
export let F64_MODERATE: v128 = f64x2.splat(-708);
export let F64_LOG2E: v128 = f64x2.splat(1.4426950408889634);
export let F64_LN2_HIGH: v128 = f64x2.splat(-0.6931471805598903);
export let F64_LN2_LOW: v128 = f64x2.splat(-5.497923018708371e-14);
export let F64_HALF: v128 = f64x2.splat(0.5);
export let F64_ONE: v128 = f64x2.splat(1);
export let F64_C3: v128 = f64x2.splat(0.16666666666666666);
export let F64_C4: v128 = f64x2.splat(4.1666666666651246e-2);
export let F64_C5: v128 = f64x2.splat(8.333333333332147e-3);
export let F64_C6: v128 = f64x2.splat(1.3888888905973543e-3);
export let F64_C7: v128 = f64x2.splat(1.9841269854409363e-4);
export let F64_C8: v128 = f64x2.splat(2.480153620505534e-5);
export let F64_C9: v128 = f64x2.splat(2.755727992579576e-6);
export let F64_C10: v128 = f64x2.splat(2.761390867578486e-7);
export let F64_C11: v128 = f64x2.splat(2.509563297507093e-8);
