declare const brand: unique symbol;

/** A primitive that must not be mixed with others of the same shape (`Brand<number, 'Millis'>`). */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
